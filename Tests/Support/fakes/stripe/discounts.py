"""Coupons, promotion codes, and the discounts that come of them."""

from typing import Any

from .account import Account
from .api import API, Call, merge_metadata, within
from .errors import invalid
from .parameters import (
    Required, boolean, list_of, metadata, moments, natural, number, one_of, record, text, text_or_empty)
from .periods import after
from .store import plain

named = list_of(record(coupon=text, promotion_code=text, discount=text))
"""How `discounts` are given."""


def routes(api: API) -> None:
    api.add("POST", "/v1/coupons", _create_coupon, id=text, name=text, percent_off=number, amount_off=natural,
            currency=text, duration=one_of("forever", "once", "repeating"), duration_in_months=natural,
            max_redemptions=natural, redeem_by=natural, metadata=metadata)
    api.add("GET", "/v1/coupons/{id}", lambda call: call.account.get("coupon", call.id, "coupon"))
    api.add("POST", "/v1/coupons/{id}", _update_coupon, name=text_or_empty, metadata=metadata)
    api.add("DELETE", "/v1/coupons/{id}", _delete_coupon)
    api.add_list("/v1/coupons", "coupon", lambda account, each, given: within(each["created"], given.get("created")),
                 created=moments)
    api.add("POST", "/v1/promotion_codes", _create_code, code=text, active=boolean, customer=text, expires_at=natural,
            max_redemptions=natural, metadata=metadata,
            promotion=Required(record(type=Required(one_of("coupon")), coupon=Required(text))),
            restrictions=record(first_time_transaction=boolean, minimum_amount=natural, minimum_amount_currency=text))
    api.add("GET", "/v1/promotion_codes/{id}", lambda call: call.account.get("promotion_code", call.id))
    api.add("POST", "/v1/promotion_codes/{id}", _update_code, active=boolean, metadata=metadata)
    api.add_list("/v1/promotion_codes", "promotion_code", _fits, code=text, active=boolean, coupon=text,
                 created=moments)


def redeem(account: Account, given: list[dict], customer: dict, param: str = "discounts") -> list[dict]:
    """What the coupons and codes are worth to this customer: (coupon, code) pairs as new discounts, not yet bound."""
    discounts = []
    for place, each in enumerate(given):
        where = f"{param}[{place}]"
        code = None
        if "promotion_code" in each:
            code = account.get("promotion_code", each["promotion_code"], f"{where}[promotion_code]")
            check(account, code, customer, f"{where}[promotion_code]")
            coupon = account.store["coupon"].objects[code["promotion"]["coupon"]]
        else:
            coupon = account.get("coupon", each.get("coupon", ""), f"{where}[coupon]")
        if not is_valid(account, coupon):
            raise invalid(f"Coupon {coupon['id']} is expired or has been redeemed too often.", param=where,
                          code="coupon_expired")
        discounts.append({"coupon": coupon["id"], "promotion_code": code["id"] if code else None})
    return discounts


def check(account: Account, code: dict, customer: dict, param: str) -> None:
    """Raises StripeError for a code that this customer may not use now."""
    if not is_active(account, code):
        raise invalid("This promotion code is not active or has expired.", param=param, code="promotion_code_expired"
                      if code["expires_at"] else "promotion_code_inactive")
    if code["customer"] not in (None, customer["id"]):
        raise invalid("This promotion code cannot be redeemed by this customer.", param=param,
                      code="promotion_code_customer_mismatch")
    if code["restrictions"]["first_time_transaction"] and any(
            invoice["status"] == "paid" and invoice["total"] > 0
            for invoice in account.store["invoice"].of_customer(customer["id"])):
        raise invalid("This promotion code cannot be redeemed because the associated customer has prior transactions.",
                      param=param, code="promotion_code_customer_not_first_time")


def is_active(account: Account, code: dict) -> bool:
    coupon = account.store["coupon"].get(code["promotion"]["coupon"])
    return (code["active"] and coupon is not None and is_valid(account, coupon)
            and (code["expires_at"] is None or code["expires_at"] > account.now())
            and (code["max_redemptions"] is None or code["times_redeemed"] < code["max_redemptions"]))


def is_valid(account: Account, coupon: dict) -> bool:
    return ((coupon["redeem_by"] is None or coupon["redeem_by"] > account.now())
            and (coupon["max_redemptions"] is None or coupon["times_redeemed"] < coupon["max_redemptions"]))


def bind(account: Account, redeemed: list[dict], customer: dict, subscription: str, session: str | None) -> list[str]:
    """Makes the discounts of a subscription; counts the redemptions."""
    ids = []
    start = account.now(customer)
    for each in redeemed:
        coupon = account.store["coupon"].objects[each["coupon"]]
        months = coupon["duration_in_months"]
        discount = account.add("discount", {
            "checkout_session": session, "customer": customer["id"], "customer_account": None,
            "end": after(start, "month", months, start) if months else None, "invoice": None, "invoice_item": None,
            "promotion_code": each["promotion_code"], "source": {"coupon": coupon["id"], "type": "coupon"},
            "start": start, "subscription": subscription, "subscription_item": None}, now=start)
        for name in ("created", "livemode"):
            del discount[name]
        coupon["times_redeemed"] += 1
        coupon["valid"] = is_valid(account, coupon)
        if each["promotion_code"]:
            code = account.store["promotion_code"].objects[each["promotion_code"]]
            code["times_redeemed"] += 1
        account.emit("customer.discount.created", discount)
        ids.append(discount["id"])
    return ids


def amounts(account: Account, coupons: list[str], subtotal: int) -> list[int]:
    """What each coupon takes off; a percentage also of a credit."""
    taken, rest = [], subtotal
    for id in coupons:
        coupon = account.store["coupon"].objects[id]
        if coupon["percent_off"] is not None:
            amount = round(rest * coupon["percent_off"] / 100)
        else:
            amount = min(coupon["amount_off"], max(rest, 0))
        taken.append(amount)
        rest -= amount
    return taken


def running(account: Account, ids: list[str], moment: int) -> list[str]:
    """The discounts that still hold at a moment."""
    found = [account.store["discount"].objects[id] for id in ids]
    return [each["id"] for each in found if each["end"] is None or each["end"] > moment]


def coupon_of(account: Account, discount: str) -> dict:
    return account.store["coupon"].objects[account.store["discount"].objects[discount]["source"]["coupon"]]


def _create_coupon(call: Call) -> dict:
    given, account = call.parameters, call.account
    if ("percent_off" in given) == ("amount_off" in given):
        raise invalid("You must pass either percent_off or amount_off.", param="percent_off")
    if "percent_off" in given and not 0 < given["percent_off"] <= 100:
        raise invalid("percent_off must be between 0 and 100", param="percent_off")
    if "amount_off" in given and "currency" not in given:
        raise invalid("You must pass currency when passing amount_off", param="currency")
    duration = given.get("duration", "once")
    if (duration == "repeating") != ("duration_in_months" in given):
        raise invalid("duration_in_months is required exactly with duration=repeating", param="duration_in_months")
    if "id" in given and account.store["coupon"].get(given["id"]) is not None:
        raise invalid("Coupon already exists.", param="id", code="resource_already_exists")
    coupon = account.add("coupon", {
        "amount_off": given.get("amount_off"), "currency": given.get("currency"), "duration": duration,
        "duration_in_months": given.get("duration_in_months"), "max_redemptions": given.get("max_redemptions"),
        "metadata": {}, "name": given.get("name"), "percent_off": given.get("percent_off"),
        "redeem_by": given.get("redeem_by"), "times_redeemed": 0, "valid": True}, id=given.get("id"))
    merge_metadata(coupon, given)
    account.emit("coupon.created", coupon)
    return coupon


def _update_coupon(call: Call) -> dict:
    coupon = call.account.get("coupon", call.id, "coupon")
    before = plain(coupon)
    if "name" in call.parameters:
        coupon["name"] = call.parameters["name"] or None
    merge_metadata(coupon, call.parameters)
    call.account.emit("coupon.updated", coupon, before)
    return coupon


def _delete_coupon(call: Call) -> dict:
    coupon = call.account.get("coupon", call.id, "coupon")
    for code in call.account.store["promotion_code"]:
        if code["promotion"]["coupon"] == coupon["id"]:
            code["active"] = False
    coupon["redeem_by"], coupon["valid"] = 0, False
    call.account.emit("coupon.deleted", coupon)
    return {"id": coupon["id"], "object": "coupon", "deleted": True}


def _create_code(call: Call) -> dict:
    given, account = call.parameters, call.account
    coupon = account.get("coupon", given["promotion"]["coupon"], "promotion[coupon]")
    code = given.get("code") or account.store.letters(8).upper()
    if any(each["code"].lower() == code.lower() and is_active(account, each) for each in
           account.store["promotion_code"]):
        raise invalid(f"An active promotion code with `code: {code}` already exists.", param="code")
    restrictions = given.get("restrictions", {})
    made = account.add("promotion_code", {
        "active": given.get("active", True), "code": code, "customer": given.get("customer"),
        "customer_account": None, "expires_at": given.get("expires_at"),
        "max_redemptions": given.get("max_redemptions"), "metadata": {},
        "promotion": {"coupon": coupon["id"], "type": "coupon"},
        "restrictions": {"first_time_transaction": restrictions.get("first_time_transaction", False),
                         "minimum_amount": restrictions.get("minimum_amount"),
                         "minimum_amount_currency": restrictions.get("minimum_amount_currency")},
        "times_redeemed": 0})
    merge_metadata(made, given)
    account.emit("promotion_code.created", made)
    return made


def _update_code(call: Call) -> dict:
    code = call.account.get("promotion_code", call.id)
    before = plain(code)
    if "active" in call.parameters:
        code["active"] = call.parameters["active"]
    merge_metadata(code, call.parameters)
    call.account.emit("promotion_code.updated", code, before)
    return code


def _fits(account: Account, code: dict, given: dict[str, Any]) -> bool:
    # Codes are compared without case.
    return (("code" not in given or code["code"].lower() == given["code"].lower())
            and ("active" not in given or is_active(account, code) == given["active"])
            and ("coupon" not in given or code["promotion"]["coupon"] == given["coupon"])
            and within(code["created"], given.get("created")))
