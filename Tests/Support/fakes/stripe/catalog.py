"""Products and prices, and those of SmartPages' plans."""

from typing import Any

from .account import Account
from .api import API, Call, merge_metadata, within
from .errors import invalid, missing_parameter
from .parameters import Required, boolean, list_of, metadata, moments, natural, one_of, record, text, text_or_empty
from .store import plain

INTERVALS = ("day", "week", "month", "year")


def routes(api: API) -> None:
    api.add("POST", "/v1/products", _create_product, id=text, name=Required(text), description=text_or_empty,
            active=boolean, metadata=metadata, tax_code=text, default_price_data=record(
                currency=Required(text), unit_amount=natural,
                recurring=record(interval=Required(one_of(*INTERVALS)), interval_count=natural)))
    api.add("GET", "/v1/products/{id}", lambda call: call.account.get("product", call.id))
    api.add("POST", "/v1/products/{id}", _update_product, name=text, description=text_or_empty, active=boolean,
            metadata=metadata, default_price=text)
    api.add_list("/v1/products", "product", _fits, active=boolean, ids=list_of(text), created=moments)
    api.add("POST", "/v1/prices", _create_price, currency=Required(text), unit_amount=natural, product=text,
            product_data=record(id=text, name=Required(text), metadata=metadata), nickname=text_or_empty,
            lookup_key=text, active=boolean, metadata=metadata, tax_behavior=text,
            recurring=record(interval=Required(one_of(*INTERVALS)), interval_count=natural))
    api.add("GET", "/v1/prices/{id}", lambda call: call.account.get("price", call.id, "price"))
    api.add("POST", "/v1/prices/{id}", _update_price, active=boolean, nickname=text_or_empty, metadata=metadata,
            lookup_key=text_or_empty)
    api.add_list("/v1/prices", "price", _fits, active=boolean, product=text, currency=text, created=moments,
                 lookup_keys=list_of(text), type=one_of("one_time", "recurring"))


def seed(account: Account, plans: dict[str, Any], mode: str) -> None:
    """The products and prices of SmartPages' plans file: `prod_<plan>` and the price ids of the mode."""
    for plan in plans["plans"]:
        id = f"prod_{plan['id']}"
        if account.store["product"].get(id) is None:
            product(account, plan["name"].get("en") or plan["id"], id=id,
                    description=plan.get("description", {}).get("en"))
        for each in plan["prices"]:
            price_id = each.get(mode)
            if price_id and account.store["price"].get(price_id) is None:
                price(account, id, each["amount"], plans["currency"], each["interval"], id=price_id)


def product(account: Account, name: str, *, id: str | None = None, description: str | None = None) -> dict:
    made = account.add("product", {
        "active": True, "default_price": None, "description": description, "images": [], "marketing_features": [],
        "metadata": {}, "name": name, "package_dimensions": None, "shippable": None, "statement_descriptor": None,
        "tax_code": None, "tax_details": None, "type": "service", "unit_label": None, "updated": account.now(),
        "url": None}, id=id)
    account.emit("product.created", made)
    return made


def price(account: Account, product: str, amount: int, currency: str, interval: str | None, *, count: int = 1,
          id: str | None = None, **values: Any) -> dict:
    made = account.add("price", {
        "active": True, "billing_scheme": "per_unit", "currency": currency.lower(), "custom_unit_amount": None,
        "lookup_key": None, "metadata": {}, "nickname": None, "product": product,
        "recurring": None if interval is None else {
            "interval": interval, "interval_count": count, "meter": None, "trial_period_days": None,
            "usage_type": "licensed"},
        "tax_behavior": "unspecified", "tiers_mode": None, "transform_quantity": None,
        "type": "one_time" if interval is None else "recurring", "unit_amount": amount,
        "unit_amount_decimal": str(amount), **values}, id=id)
    account.emit("price.created", made)
    return made


def plan_of(price: dict) -> dict:
    """The old form of a recurring price, which subscriptions still carry."""
    return {"id": price["id"], "object": "plan", "active": price["active"], "amount": price["unit_amount"],
            "amount_decimal": price["unit_amount_decimal"], "billing_scheme": "per_unit", "created": price["created"],
            "currency": price["currency"], "interval": price["recurring"]["interval"],
            "interval_count": price["recurring"]["interval_count"], "livemode": price["livemode"], "metadata": {},
            "meter": None, "nickname": price["nickname"], "product": price["product"], "tiers_mode": None,
            "transform_usage": None, "trial_period_days": None, "usage_type": "licensed"}


def recurring(account: Account, id: str, param: str) -> dict:
    """An active price that renews. Raises StripeError."""
    found = account.get("price", id, param)
    if not found["active"]:
        raise invalid("The price specified is inactive. This field only accepts active prices.", param=param)
    if found["recurring"] is None:
        raise invalid("The price specified is set to `type=one_time` but this field only accepts prices with "
                      "`type=recurring`.", param=param)
    return found


def _create_product(call: Call) -> dict:
    given, account = call.parameters, call.account
    if "id" in given and account.store["product"].get(given["id"]) is not None:
        raise invalid("Product already exists.", param="id", code="resource_already_exists")
    made = product(account, given["name"], id=given.get("id"), description=given.get("description"))
    made["active"] = given.get("active", True)
    merge_metadata(made, given)
    if "default_price_data" in given:
        data = given["default_price_data"]
        repeats = data.get("recurring", {})
        made["default_price"] = price(account, made["id"], data.get("unit_amount", 0), data["currency"],
                                      repeats.get("interval"), count=repeats.get("interval_count", 1))["id"]
    return made


def _update_product(call: Call) -> dict:
    given, account = call.parameters, call.account
    found = account.get("product", call.id)
    before = plain(found)
    if "default_price" in given:
        account.get("price", given["default_price"], "default_price")
    found |= {name: given[name] for name in ("name", "description", "active", "default_price") if name in given}
    found["updated"] = account.now()
    merge_metadata(found, given)
    account.emit("product.updated", found, before)
    return found


def _create_price(call: Call) -> dict:
    given, account = call.parameters, call.account
    if "product" in given:
        account.get("product", given["product"], "product")
        of = given["product"]
    elif "product_data" in given:
        of = product(account, given["product_data"]["name"], id=given["product_data"].get("id"))["id"]
    else:
        raise missing_parameter("product")
    repeats = given.get("recurring", {})
    made = price(account, of, given.get("unit_amount", 0), given["currency"], repeats.get("interval"),
                 count=repeats.get("interval_count", 1), nickname=given.get("nickname"),
                 lookup_key=given.get("lookup_key"), active=given.get("active", True))
    merge_metadata(made, given)
    return made


def _update_price(call: Call) -> dict:
    given, account = call.parameters, call.account
    found = account.get("price", call.id, "price")
    before = plain(found)
    found |= {name: given[name] or None for name in ("nickname", "lookup_key") if name in given}
    if "active" in given:
        found["active"] = given["active"]
    merge_metadata(found, given)
    account.emit("price.updated", found, before)
    return found


def _fits(account: Account, object: dict, given: dict) -> bool:
    return (all(object.get(name) == given[name] for name in ("active", "product", "currency", "type") if name in given)
            and ("ids" not in given or object["id"] in given["ids"])
            and ("lookup_keys" not in given or object.get("lookup_key") in given["lookup_keys"])
            and within(object["created"], given.get("created")))
