"""Sessions of the customer portal."""

from . import customers
from .account import Account
from .api import API, Call
from .checkout_api import LOCALES
from .errors import StripeError, invalid
from .parameters import Required, one_of, text


def routes(api: API) -> None:
    api.add("POST", "/v1/billing_portal/sessions", _create, customer=Required(text), return_url=text,
            locale=one_of(*LOCALES), configuration=text)


def session_of(account: Account, token: str) -> dict:
    """By the secret part of its page's address. Raises StripeError."""
    for session in account.store["billing_portal.session"]:
        if session["_token"] == token:
            return session
    raise StripeError(404, "invalid_request_error", "There is no such portal session.")


def _create(call: Call) -> dict:
    given, account = call.parameters, call.account
    customer = customers.living(account, given["customer"])
    if "return_url" in given and not given["return_url"].startswith(("https://", "http://")):
        raise invalid("Not a valid URL", param="return_url", code="url_invalid")
    token = f"test_{account.store.letters(40)}"
    return account.add("billing_portal.session", {
        "after_expiration": None, "configuration": "bpc_standin", "customer": customer["id"],
        "customer_account": None, "flow": None, "locale": given.get("locale"), "on_behalf_of": None,
        "return_url": given.get("return_url"), "url": f"{account.page_url}/p/session/{token}", "_token": token},
        now=account.now(customer))
