"""The hosted page of an invoice, where it can be paid: `/i/<invoice>`; and its PDF."""

from typing import TYPE_CHECKING

from ..web import Answer, Request, see_other
from . import payment_methods, subscriptions
from .cards import decline
from .checkout_page import wrong_card
from .errors import StripeError, no_such
from .actions import failed_authentication
from .page_frame import Language, card_fields, e, language, page, problem, three_d_secure
from .proration import money

if TYPE_CHECKING:
    from .fake import StripeFake


class InvoicePage:
    def __init__(self, fake: "StripeFake") -> None:
        self._fake = fake
        self._account = fake.account

    def show(self, request: Request) -> Answer:
        invoice, customer, say = self._invoice(request)
        return self._page(invoice, customer, say, {}, None)

    def submit(self, request: Request) -> Answer:
        """Pays by the saved card, or by the one that is given."""
        invoice, customer, say = self._invoice(request)
        form = request.form()
        number = None if form.get("action") == "saved" else form.get("cardNumber", "")
        wrong = wrong_card(say, form) if number is not None else None
        if wrong is not None:
            return self._page(invoice, customer, say, form, wrong, 422)
        return self._pay(invoice, customer, say, form, number, authenticate=False)

    def show_secure(self, request: Request) -> Answer:
        invoice, _, say = self._invoice(request)
        amount = say.money(invoice["amount_due"], invoice["currency"])
        return three_d_secure(say, f"/i/{invoice['id']}/3ds", amount)

    def submit_secure(self, request: Request) -> Answer:
        invoice, customer, say = self._invoice(request)
        number = invoice.pop("_waiting", None)
        form = {"cardNumber": number or ""}
        if request.form().get("outcome") != "complete":
            return self._page(invoice, customer, say, form, say.refusal(failed_authentication()), 402)
        return self._pay(invoice, customer, say, form, number, authenticate=True)

    def pdf(self, request: Request) -> Answer:
        invoice, _, _ = self._invoice(request)
        lines = [f"Invoice {invoice['number'] or ''}", "SmartPages (Stripe stand-in: not a real invoice)", ""]
        lines += [f"{each['description']}   {money(each['amount'], each['currency'])}"
                  for each in invoice["lines"]["data"]]
        lines += ["", f"Total {money(invoice['total'], invoice['currency'])}", f"Status: {invoice['status']}"]
        name = f"Invoice-{invoice['number'] or 'draft'}.pdf"
        return Answer(200, _pdf(lines), {"Content-Type": "application/pdf",
                                         "Content-Disposition": f'attachment; filename="{name}"'})

    def _invoice(self, request: Request) -> tuple[dict, dict, Language]:
        """Raises StripeError 404."""
        invoice = self._account.get("invoice", request.values["id"])
        if invoice["hosted_invoice_url"] is None:
            raise no_such("invoice", invoice["id"])
        customer = self._account.get("customer", invoice["customer"])
        locales = customer.get("preferred_locales") or [None]
        return invoice, customer, language(locales[0], request)

    def _pay(self, invoice: dict, customer: dict, say: Language, form: dict[str, str], number: str | None, *,
             authenticate: bool) -> Answer:
        try:
            self._fake.pay_invoice(invoice["id"], number, authenticate=authenticate)
        except StripeError as error:
            return self._page(invoice, customer, say, form, say.refusal(error), 402)
        payment = next(each for each in self._account.store["invoice_payment"].of_customer(customer["id"])
                       if each["invoice"] == invoice["id"])
        intent = self._account.get("payment_intent", payment["payment"]["payment_intent"])
        if intent["status"] == "requires_action":
            invoice["_waiting"] = number
            return see_other(f"/i/{invoice['id']}/3ds")
        if invoice["status"] != "paid":
            wrong = self._last_refusal(intent, say)
            return self._page(invoice, customer, say, form, wrong, 402)
        return see_other(f"/i/{invoice['id']}")

    def _last_refusal(self, intent: dict, say: Language) -> str:
        error = intent["last_payment_error"]
        return say.raw("no_card") if error is None else say.refusal(decline(error["decline_code"]))

    def _page(self, invoice: dict, customer: dict, say: Language, form: dict[str, str], wrong: str | None,
              status: int = 200) -> Answer:
        currency = invoice["currency"]
        title = say("invoice_title", number=invoice["number"])
        rows = [(e(each["description"]), say.money(each["amount"], currency)) for each in invoice["lines"]["data"]]
        rows.append((say("total"), say.money(invoice["total"], currency)))
        if invoice["total"] != invoice["amount_due"]:
            rows.append((say("balance"), say.money(invoice["amount_due"] - invoice["total"], currency)))
            rows.append((say("due"), say.money(invoice["amount_due"], currency)))
        listed = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in rows)
        paid = invoice["status_transitions"]["paid_at"]
        state = say("paid_on", day=say.day(paid)) if paid else say("state_" + invoice["status"])
        return page(say, title, (
            f'<div class="narrow"><div class="panel"><h1>{title}</h1>'
            f'<p class="price">{say.money(invoice["amount_due"], currency)}</p><p id="state">{state}</p>'
            f'<p class="soft">{say("billed_to")}: {e(customer.get("name") or customer.get("email") or "")}</p>'
            f'<dl class="sum">{listed}</dl><div class="actions"><a class="button" href="/i/{invoice["id"]}/pdf">'
            f'{say("pdf")}</a></div></div>{self._payment(invoice, customer, say, form, wrong)}</div>'), status)

    def _payment(self, invoice: dict, customer: dict, say: Language, form: dict[str, str], wrong: str | None) -> str:
        if invoice["status"] != "open":
            return problem(wrong)
        method = payment_methods.of(self._account, customer, subscriptions.of_invoice(self._account, invoice))
        action = f"/i/{invoice['id']}"
        saved = ""
        if method is not None:
            card = say.raw("card_ending", brand=method["card"]["brand"].capitalize(), last4=method["card"]["last4"])
            saved = (f'<form method="post" action="{action}" class="panel"><button class="main" name="action" '
                     f'value="saved" id="paySaved" style="margin:0">{say("pay_saved", card=card)}</button></form>')
        amount = say.money(invoice["amount_due"], invoice["currency"])
        return (f'{problem(wrong)}{saved}<form method="post" action="{action}" class="panel">'
                f'<h2>{say("other_card")}</h2>{card_fields(say, form)}'
                f'<button class="main" name="action" value="card" id="pay">'
                f'{say("pay_invoice", amount=amount)}</button></form>')


def _pdf(lines: list[str]) -> bytes:
    """One page of plain lines."""
    shown = [line.encode("cp1252", "replace").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
             for line in lines]
    text = b"BT /F1 12 Tf 60 780 Td 18 TL " + b" ".join(b"(%s) Tj T*" % line for line in shown) + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)]
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"xref\n0 6\n0000000000 65535 f \n" + table + \
        b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(content)
