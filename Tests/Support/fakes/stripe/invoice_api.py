"""The endpoints of invoices and their payments."""

from . import invoices, payment_methods
from .account import Account
from .api import API, Call, merge_metadata, within
from .cards import decline
from .errors import invalid
from .parameters import boolean, metadata, moments, natural, one_of, text, text_or_empty
from .store import plain

STATUSES = ("draft", "open", "paid", "void", "uncollectible")


def routes(api: API) -> None:
    api.add("GET", "/v1/invoices/{id}", lambda call: call.account.get("invoice", call.id))
    api.add("POST", "/v1/invoices/{id}", _update, metadata=metadata, auto_advance=boolean, description=text_or_empty)
    api.add("POST", "/v1/invoices/{id}/finalize", _finalize, auto_advance=boolean)
    api.add("POST", "/v1/invoices/{id}/pay", _pay, payment_method=text, off_session=boolean, paid_out_of_band=boolean)
    api.add("POST", "/v1/invoices/{id}/void", _void)
    api.add("POST", "/v1/invoices/{id}/mark_uncollectible", _mark_uncollectible)
    api.add("GET", "/v1/invoices/{id}/lines", _lines, limit=natural, starting_after=text, ending_before=text)
    api.add_list("/v1/invoices", "invoice", _fits, customer=text, subscription=text, created=moments,
                 status=one_of(*STATUSES), collection_method=text)
    api.add("GET", "/v1/invoice_payments/{id}", lambda call: call.account.get("invoice_payment", call.id))
    api.add_list("/v1/invoice_payments", "invoice_payment", _fits_payment, invoice=text, created=moments,
                 status=one_of("open", "paid", "canceled"))


def _update(call: Call) -> dict:
    invoice = call.account.get("invoice", call.id)
    before = plain(invoice)
    invoice |= {name: call.parameters[name] for name in ("auto_advance", "description") if name in call.parameters}
    merge_metadata(invoice, call.parameters)
    call.account.emit("invoice.updated", invoice, before)
    call.account.touch(invoice)
    return invoice


def _finalize(call: Call) -> dict:
    invoice = call.account.get("invoice", call.id)
    if invoice["status"] != "draft":
        raise invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.",
                      code="invoice_not_editable")
    invoices.finalize(call.account, invoice)
    return invoice


def _pay(call: Call) -> dict:
    account, given = call.account, call.parameters
    invoice = account.get("invoice", call.id)
    if invoice["status"] == "draft":
        invoices.finalize(account, invoice)
    if invoice["status"] == "paid":
        raise invalid("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] == "void":
        raise invalid("Invoice is void", code="invoice_not_editable")
    if given.get("paid_out_of_band"):
        invoices.settle(account, invoice, 0)
        return invoice
    method = payment_methods.found(account, given["payment_method"]) if "payment_method" in given else None
    # Who calls the API is not the card's owner: the payment counts as made in the owner's absence.
    answer = invoices.pay(account, invoice, method=method, absent=given.get("off_session", True))
    if answer == "none":
        raise invalid("There is no default_payment_method set on this Customer or Invoice. Please set a "
                      "default_payment_method prior to calling this method.", code="resource_missing")
    if answer == "challenge":
        raise invalid("This payment requires additional user action before it can be completed successfully.",
                      code="invoice_payment_intent_requires_action", status=402)
    if answer != "ok":
        raise decline(answer)
    return invoice


def _void(call: Call) -> dict:
    invoice = call.account.get("invoice", call.id)
    if invoice["status"] not in ("open", "uncollectible"):
        raise invalid(f"You can only void open invoices; this one is {invoice['status']}.")
    invoices.void(call.account, invoice)
    return invoice


def _mark_uncollectible(call: Call) -> dict:
    invoice = call.account.get("invoice", call.id)
    if invoice["status"] != "open":
        raise invalid("You can only mark open invoices as uncollectible.")
    invoices.mark_uncollectible(call.account, invoice)
    return invoice


def _lines(call: Call) -> dict:
    return call.account.get("invoice", call.id)["lines"]


def _fits(account: Account, invoice: dict, given: dict) -> bool:
    return (("subscription" not in given
             or invoice["parent"]["subscription_details"]["subscription"] == given["subscription"])
            and all(invoice[name] == given[name] for name in ("status", "collection_method") if name in given)
            and within(invoice["created"], given.get("created")))


def _fits_payment(account: Account, payment: dict, given: dict) -> bool:
    return (all(payment[name] == given[name] for name in ("invoice", "status") if name in given)
            and within(payment["created"], given.get("created")))
