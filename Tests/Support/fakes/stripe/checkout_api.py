"""The endpoints of Checkout Sessions, for subscriptions only."""

from typing import Any

from . import catalog, checkout, customers, discounts
from .account import Account
from .api import API, Call, merge_metadata, within
from .errors import bad_parameter, invalid, missing_parameter
from .parameters import (
    Required, boolean, integer, list_of, metadata, moments, natural, one_of, record, text)
from .periods import DAY, HOUR
from .store import list_object, plain
from .subscription_api import trial_of

LOCALES = ("auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA",
           "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro",
           "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW")


def routes(api: API) -> None:
    api.add(
        "POST", "/v1/checkout/sessions", _create, mode=Required(one_of("payment", "setup", "subscription")),
        customer=text, customer_email=text, client_reference_id=text, success_url=text, cancel_url=text,
        line_items=list_of(record(price=Required(text), quantity=natural)), locale=one_of(*LOCALES),
        allow_promotion_codes=boolean, discounts=list_of(record(coupon=text, promotion_code=text)),
        billing_address_collection=one_of("auto", "required"), expires_at=integer, metadata=metadata,
        tax_id_collection=record(enabled=Required(boolean), required=one_of("if_supported", "never")),
        customer_update=record(name=one_of("auto", "never"), address=one_of("auto", "never"),
                               shipping=one_of("auto", "never")),
        automatic_tax=record(enabled=Required(boolean)), payment_method_collection=one_of("always", "if_required"),
        ui_mode=one_of("hosted_page"),
        subscription_data=record(
            metadata=metadata, trial_end=integer, trial_period_days=natural, description=text,
            trial_settings=record(end_behavior=record(
                missing_payment_method=one_of("cancel", "create_invoice", "pause")))))
    api.add("GET", "/v1/checkout/sessions/{id}", lambda call: checkout.found(call.account, call.id))
    api.add("POST", "/v1/checkout/sessions/{id}", _update, metadata=metadata)
    api.add("POST", "/v1/checkout/sessions/{id}/expire", _expire)
    api.add("GET", "/v1/checkout/sessions/{id}/line_items", _line_items, limit=natural)
    api.add_list("/v1/checkout/sessions", "checkout.session", _fits, customer=text, created=moments,
                 status=one_of("open", "complete", "expired"), subscription=text, payment_intent=text)


def _create(call: Call) -> dict:
    given, account = call.parameters, call.account
    if given["mode"] != "subscription":
        raise invalid("The stand-in sells subscriptions only.", param="mode")
    for name in ("line_items", "success_url"):
        if not given.get(name):
            raise missing_parameter(name)
    customer = customers.living(account, given["customer"]) if "customer" in given else None
    _check(given, customer)
    now = account.now(customer)
    expires_at = given.get("expires_at", now + DAY)
    if not now + 30 * 60 - 60 <= expires_at <= now + DAY + 60:
        raise invalid("The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session "
                      "creation.", param="expires_at")
    data = given.get("subscription_data", {})
    if data.get("trial_end") is not None and data["trial_end"] < now + 48 * HOUR:
        raise invalid("The `trial_end` date has to be at least 2 days in the future.",
                      param="subscription_data[trial_end]")
    trial_of(data, now)
    redeemed = discounts.redeem(account, given.get("discounts", []), customer or {"id": None})
    lines = [_line(account, each, place) for place, each in enumerate(given["line_items"])]
    subtotal = sum(line["amount_subtotal"] for line in lines)
    taken = sum(discounts.amounts(account, [each["coupon"] for each in redeemed], subtotal))
    session = account.add("checkout.session", _members(given, customer, expires_at, redeemed, subtotal, taken), now=now)
    session |= {"_line_items": list_object(lines, f"/v1/checkout/sessions/{session['id']}/line_items")["data"],
                "currency": lines[0]["currency"], "_data": data, "_customer_update": given.get("customer_update", {}),
                "_redeemed": redeemed, "_test_clock": customer["test_clock"] if customer else None,
                "url": f"{account.page_url}/c/pay/{session['id']}"}
    merge_metadata(session, given)
    account.touch(session)
    return session


def _check(given: dict[str, Any], customer: dict | None) -> None:
    """What Stripe refuses in combinations. Raises StripeError."""
    if "discounts" in given and "allow_promotion_codes" in given:
        raise bad_parameter("You may only specify one of these parameters: allow_promotion_codes, discounts.")
    if customer is not None and "customer_email" in given:
        raise bad_parameter("You may only specify one of these parameters: customer, customer_email.")
    updates = given.get("customer_update", {})
    if customer is None and updates:
        raise invalid("`customer_update` can only be used with `customer`.", param="customer_update")
    if customer is not None and given.get("tax_id_collection", {}).get("enabled") and updates.get("name") != "auto":
        raise invalid("Tax ID collection requires updating business name on the customer. To enable tax ID collection "
                      "for an existing customer, please set `customer_update[name]` to `auto`.",
                      param="tax_id_collection")
    if (customer is not None and given.get("automatic_tax", {}).get("enabled") and customer["address"] is None
            and updates.get("address") != "auto"):
        raise invalid("Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid "
                      "address to the Customer or set either `customer_update[address]` to 'auto' or "
                      "`customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
                      code="customer_tax_location_invalid")
    for name in ("success_url", "cancel_url"):
        if name in given and not given[name].startswith(("https://", "http://")):
            raise invalid("Not a valid URL", param=name, code="url_invalid")


def _line(account: Account, given: dict, place: int) -> dict:
    price = catalog.recurring(account, given["price"], f"line_items[{place}][price]")
    quantity = given.get("quantity")
    if not quantity:
        raise missing_parameter(f"line_items[{place}][quantity]")
    amount = price["unit_amount"] * quantity
    return {"id": f"li_{account.store.letters(24)}", "object": "item", "amount_discount": 0,
            "amount_subtotal": amount, "amount_tax": 0, "amount_total": amount, "currency": price["currency"],
            "description": account.store["product"].objects[price["product"]]["name"], "metadata": {},
            "price": plain(price), "quantity": quantity}


def _members(given: dict[str, Any], customer: dict | None, expires_at: int, redeemed: list[dict], subtotal: int,
             taken: int) -> dict[str, Any]:
    tax = given.get("automatic_tax", {}).get("enabled", False)
    return {
        "adaptive_pricing": {"enabled": False}, "after_expiration": None,
        "allow_promotion_codes": given.get("allow_promotion_codes"), "amount_subtotal": subtotal,
        "amount_total": subtotal - taken,
        "automatic_tax": {"enabled": tax, "liability": {"type": "self"} if tax else None,
                          "provider": "stripe" if tax else None, "status": "requires_location_inputs" if tax else None},
        "billing_address_collection": given.get("billing_address_collection"), "cancel_url": given.get("cancel_url"),
        "client_reference_id": given.get("client_reference_id"), "client_secret": None, "collected_information": None,
        "consent": None, "consent_collection": None, "currency_conversion": None, "custom_fields": [],
        "custom_text": {"after_submit": None, "shipping_address": None, "submit": None,
                        "terms_of_service_acceptance": None},
        "customer": customer["id"] if customer else None, "customer_account": None,
        "customer_creation": None if customer else "always",
        "customer_details": {
            "address": customer["address"] if customer else None, "business_name": None,
            "email": customer["email"] if customer else given.get("customer_email"), "individual_name": None,
            "name": customer["name"] if customer else None, "phone": None,
            "tax_exempt": "none", "tax_ids": None},
        "customer_email": given.get("customer_email"),
        "discounts": [{"coupon": None if each["promotion_code"] else each["coupon"],
                       "promotion_code": each["promotion_code"]} for each in redeemed],
        "expires_at": expires_at, "invoice": None, "invoice_creation": None, "locale": given.get("locale"),
        "metadata": {}, "mode": "subscription", "origin_context": None, "payment_intent": None, "payment_link": None,
        "payment_method_collection": given.get("payment_method_collection", "always"),
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}}, "payment_method_types": ["card"],
        "payment_status": "unpaid", "permissions": None, "phone_number_collection": {"enabled": False},
        "presentment_details": None, "recovered_from": None, "saved_payment_method_options": {
            "allow_redisplay_filters": ["always"], "payment_method_remove": "disabled", "payment_method_save": None},
        "setup_intent": None, "shipping_address_collection": None, "shipping_cost": None, "shipping_options": [],
        "status": "open", "submit_type": None, "subscription": None, "success_url": given["success_url"],
        "tax_id_collection": {"enabled": given.get("tax_id_collection", {}).get("enabled", False),
                              "required": given.get("tax_id_collection", {}).get("required", "never")},
        "total_details": {"amount_discount": taken, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page", "wallet_options": None,
    }


def _update(call: Call) -> dict:
    session = checkout.found(call.account, call.id)
    merge_metadata(session, call.parameters)
    return session


def _expire(call: Call) -> dict:
    session = checkout.found(call.account, call.id)
    if session["status"] != "open":
        raise invalid('Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a '
                      f"status of `{session['status']}`.")
    checkout.expire(call.account, session)
    return session


def _line_items(call: Call) -> dict:
    session = checkout.found(call.account, call.id)
    return list_object(session["_line_items"], f"/v1/checkout/sessions/{call.id}/line_items")


def _fits(account: Account, session: dict, given: dict) -> bool:
    return (all(session[name] == given[name] for name in ("status", "subscription", "payment_intent") if name in given)
            and within(session["created"], given.get("created")))
