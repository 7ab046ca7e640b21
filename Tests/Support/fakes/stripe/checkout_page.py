"""The page on which a person pays: `/c/pay/<session>`."""

import re
from dataclasses import asdict
from datetime import datetime, timezone

from ..web import Answer, Request, see_other
from . import checkout
from .account import Account
from .checkout import Payment
from .errors import StripeError
from .actions import failed_authentication
from .page_frame import Language, card_fields, e, field, language, message, page, problem, three_d_secure

COUNTRIES = {"DE": "Deutschland", "AT": "Österreich", "CH": "Schweiz", "FR": "France", "NL": "Nederland",
             "BE": "België", "ES": "España", "IT": "Italia", "PL": "Polska", "GB": "United Kingdom",
             "US": "United States"}


class CheckoutPage:
    def __init__(self, account: Account) -> None:
        self._account = account

    def show(self, request: Request) -> Answer:
        session, say, closed = self._session(request)
        return closed or self._page(session, say, {}, None)

    def submit(self, request: Request) -> Answer:
        session, say, closed = self._session(request)
        if closed is not None:
            return closed
        form = request.form()
        if form.get("action") == "apply":
            return self._apply(session, say, form)
        if form.get("action") == "remove":
            return self._page(session, say, {**form, "promotionCode": "", "applied": ""}, None)
        wrong = _wrong(session, say, form)
        if wrong is not None:
            return self._page(session, say, form, wrong, 422)
        return self._pay(session, say, form, _payment(form))

    def show_secure(self, request: Request) -> Answer:
        session, say, closed = self._session(request)
        if closed is not None or "_waiting" not in session:
            return closed or see_other(f"/c/pay/{session['id']}")
        _, total, _ = checkout.totals(self._account, session, session["_waiting"]["promotion_code"])
        due = 0 if checkout.trial_end(self._account, session) else total
        return three_d_secure(say, f"/c/pay/{session['id']}/3ds", say.money(due, session["currency"]))

    def submit_secure(self, request: Request) -> Answer:
        session, say, closed = self._session(request)
        if closed is not None or "_waiting" not in session:
            return closed or see_other(f"/c/pay/{session['id']}")
        payment = Payment(**session.pop("_waiting"))
        form = _form(payment)
        if request.form().get("outcome") != "complete":
            return self._page(session, say, form, say.refusal(failed_authentication()), 402)
        payment.authenticated = True
        return self._pay(session, say, form, payment)

    def _session(self, request: Request) -> tuple[dict, Language, Answer | None]:
        """Raises StripeError 404. The answer stands if nothing can be paid here any more."""
        session = checkout.found(self._account, request.values["id"])
        say = language(session["locale"], request)
        if session["status"] == "complete":
            return session, say, message(say, say("done_title"), say("done_text"), _target(session))
        if session["status"] == "expired" or session["expires_at"] <= self._account.now(session["customer"]):
            return session, say, message(say, say("expired_title"), say("expired_text"), session["cancel_url"], 410)
        return session, say, None

    def _apply(self, session: dict, say: Language, form: dict[str, str]) -> Answer:
        try:
            checkout.totals(self._account, session, form.get("promotionCode", ""))
        except StripeError as error:
            return self._page(session, say, {**form, "applied": ""}, say.refusal(error), 422)
        return self._page(session, say, {**form, "applied": form.get("promotionCode", "")}, None)

    def _pay(self, session: dict, say: Language, form: dict[str, str], payment: Payment) -> Answer:
        try:
            outcome = checkout.pay(self._account, session, payment)
        except StripeError as error:
            status = error.status if error.status == 402 else 422
            return self._page(session, say, form, say.refusal(error), status)
        return see_other(_target(session) if outcome == "complete" else f"/c/pay/{session['id']}/3ds")

    def _page(self, session: dict, say: Language, form: dict[str, str], wrong: str | None, status: int = 200) -> Answer:
        trial = checkout.trial_end(self._account, session)
        name = session["_line_items"][0]["description"]
        title = say("try" if trial else "subscribe_to", name=name)
        return page(say, title, (
            f'<div class="two"><section>{_back(session, say)}<h1>{title}</h1>{self._summary(session, say, form, trial)}'
            f"</section><form method=\"post\" class=\"panel\">"
            # The Enter key presses a form's first button.
            '<button class="first" name="action" value="pay" tabindex="-1" aria-hidden="true"></button>'
            f"{problem(wrong)}{_inputs(session, say, form)}"
            f'<button class="main" name="action" value="pay" id="pay">'
            f'{say("start_trial" if trial else "pay")}</button></form></div>'), status)

    def _summary(self, session: dict, say: Language, form: dict[str, str], trial: int | None) -> str:
        line, currency = session["_line_items"][0], session["currency"]
        code = form.get("applied") or None
        subtotal, total, redeemed = checkout.totals(self._account, session, code)
        interval = line["price"]["recurring"]["interval"]
        every = say(f"per_{interval}" if interval in ("month", "year") else "per_other")
        rows = [(say("subtotal"), say.money(subtotal, currency), "")]
        if redeemed:
            shown = redeemed[0]["promotion_code"] or redeemed[0]["coupon"]
            promotion = self._account.store["promotion_code"].get(shown)
            rows.append((say("discount", code=promotion["code"] if promotion else shown),
                         say.money(total - subtotal, currency), ""))
        rows.append((say("due_today"), say.money(0 if trial else total, currency), "all"))
        listed = "".join(f'<div class="{style}"><dt>{term}</dt><dd>{value}</dd></div>' for term, value, style in rows)
        later = ""
        if trial:
            later = (f'<p class="soft">{say("trial_until", day=say.day(trial))}. '
                     f'{say("then", amount=say.money(total, currency), day=say.day(trial))}.</p>')
        return (f'<p class="price">{say.money(subtotal, currency)} <span class="soft" style="font-size:1rem">{every}'
                f'</span></p>{later}<dl class="sum">{listed}</dl>')


def _back(session: dict, say: Language) -> str:
    link = session["cancel_url"]
    return f'<p><a href="{e(link)}" id="back">← {say("back")}</a></p>' if link else ""


def _inputs(session: dict, say: Language, form: dict[str, str]) -> str:
    parts = [f'<h2>{say("contact")}</h2><p class="soft">{e(session["customer_details"]["email"] or "")}</p>',
             f'<h2 style="margin-top:1.2rem">{say("payment")}</h2>', card_fields(say, form),
             field("billingName", say("name"), form.get("billingName", ""), autocomplete="off", required="")]
    country = form.get("billingCountry", "DE")
    options = "".join(f'<option value="{code}"{" selected" if code == country else ""}>{e(name)}</option>'
                      for code, name in COUNTRIES.items())
    parts.append(f'<label for="billingCountry">{say("country")}</label>'
                 f'<select id="billingCountry" name="billingCountry">{options}</select>')
    if session["billing_address_collection"] == "required":
        parts += [field("billingAddressLine1", say("line1"), form.get("billingAddressLine1", ""), required=""),
                  '<div class="row"><div>', field("billingPostalCode", say("postal_code"),
                                                  form.get("billingPostalCode", ""), required=""), "</div><div>",
                  field("billingLocality", say("city"), form.get("billingLocality", ""), required=""), "</div></div>"]
    if session["tax_id_collection"]["enabled"]:
        ticked = " checked" if form.get("business") else ""
        parts += [f'<label class="tick"><input type="checkbox" id="business" name="business" value="1"{ticked}>'
                  f'{say("business")}</label><div class="business">',
                  field("businessName", say("business_name"), form.get("businessName", "")),
                  field("taxId", say("vat"), form.get("taxId", ""), placeholder="DE123456789"), "</div>"]
    if session["allow_promotion_codes"]:
        applied = form.get("applied", "")
        parts += [field("promotionCode", say("promotion_code"), form.get("promotionCode", ""), autocomplete="off"),
                  f'<input type="hidden" name="applied" value="{e(applied)}"><p class="actions">'
                  f'<button name="action" value="apply" id="apply" formnovalidate>{say("apply")}</button>'
                  + (f'<button name="action" value="remove" formnovalidate>{say("remove_code")}</button>'
                     if applied else "") + "</p>"]
    return "".join(parts)


def _wrong(session: dict, say: Language, form: dict[str, str]) -> str | None:
    """What is missing or cannot be; plain text."""
    wanted = {"cardNumber": "card_number", "billingName": "name"}
    if session["billing_address_collection"] == "required":
        wanted |= {"billingAddressLine1": "line1", "billingPostalCode": "postal_code", "billingLocality": "city"}
    if form.get("business"):
        wanted |= {"businessName": "business_name"}
    missing = [say.raw(text) for name, text in wanted.items() if not form.get(name, "").strip()]
    if missing:
        return say.raw("missing", names=", ".join(missing))
    return wrong_card(say, form)


def wrong_card(say: Language, form: dict[str, str]) -> str | None:
    expiry = re.fullmatch(r"\s*(\d{1,2})\s*/?\s*(?:20)?(\d{2})\s*", form.get("cardExpiry", ""))
    today = datetime.now(timezone.utc)
    if expiry is None or not 1 <= int(expiry[1]) <= 12 or \
            (2000 + int(expiry[2]), int(expiry[1])) < (today.year, today.month):
        return say.raw("bad_expiry")
    return None if re.fullmatch(r"\d{3,4}", form.get("cardCvc", "")) else say.raw("bad_cvc")


def _payment(form: dict[str, str]) -> Payment:
    business = bool(form.get("business"))
    address = {"country": form.get("billingCountry") or None, "line1": form.get("billingAddressLine1") or None,
               "postal_code": form.get("billingPostalCode") or None, "city": form.get("billingLocality") or None}
    return Payment(
        form["cardNumber"], form.get("billingName") or None, address,
        form.get("businessName") or None if business else None, form.get("taxId") or None if business else None,
        form.get("applied") or form.get("promotionCode") or None)


def _form(payment: Payment) -> dict[str, str]:
    given = asdict(payment)
    address = given["address"]
    return {"cardNumber": given["card"], "billingName": given["name"] or "",
            "billingCountry": address.get("country") or "DE", "billingAddressLine1": address.get("line1") or "",
            "billingPostalCode": address.get("postal_code") or "", "billingLocality": address.get("city") or "",
            "business": "1" if given["business_name"] else "", "businessName": given["business_name"] or "",
            "taxId": given["tax_id"] or "", "promotionCode": given["promotion_code"] or "",
            "applied": given["promotion_code"] or ""}


def _target(session: dict) -> str:
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])
