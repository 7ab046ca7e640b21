"""The customer portal: `/p/session/<token>`."""

from typing import TYPE_CHECKING

from ..web import Answer, Request, see_other
from . import payment_methods, portal, subscriptions
from .cards import card_of, decline
from .checkout_page import wrong_card
from .errors import StripeError
from .actions import failed_authentication
from .page_frame import Language, card_fields, e, language, page, problem, three_d_secure

if TYPE_CHECKING:
    from .fake import StripeFake


class PortalPage:
    def __init__(self, fake: "StripeFake") -> None:
        self._fake = fake
        self._account = fake.account

    def show(self, request: Request) -> Answer:
        session, customer, say = self._session(request)
        back = session["return_url"]
        leave = f'<p><a href="{e(back)}" id="return">← {say("return")}</a></p>' if back else ""
        return page(say, say("portal_title"), (
            f'<div class="narrow">{leave}<h1>{say("portal_title")}</h1>{self._plan(session, customer, say)}'
            f"{self._method(session, customer, say)}{self._invoices(customer, say)}</div>"))

    def show_cancel(self, request: Request) -> Answer:
        session, customer, say = self._session(request)
        live = self._live(customer)
        if live is None:
            return see_other(_address(session))
        text = say("cancel_text", day=say.day(subscriptions.period(live)[1]))
        return page(say, say("cancel_title"), (
            f'<div class="narrow panel"><h1>{say("cancel_title")}</h1><p>{text}</p>'
            f'<form method="post" class="actions"><button id="confirm">{say("cancel")}</button>'
            f'<a class="button" href="{_address(session)}">{say("back")}</a></form></div>'))

    def cancel(self, request: Request) -> Answer:
        session, customer, _ = self._session(request)
        live = self._live(customer)
        if live is not None and live["cancel_at"] is None:
            self._fake.cancel(live["id"], at_period_end=True, by=self._account.settings.portal_cancels_by)
        return see_other(_address(session))

    def resume(self, request: Request) -> Answer:
        session, customer, _ = self._session(request)
        live = self._live(customer)
        if live is not None and live["cancel_at"] is not None:
            self._fake.resume(live["id"])
        return see_other(_address(session))

    def show_card(self, request: Request) -> Answer:
        session, _, say = self._session(request)
        return self._card_page(session, say, {}, None)

    def save_card(self, request: Request) -> Answer:
        session, customer, say = self._session(request)
        form = request.form()
        wrong = wrong_card(say, form)
        if wrong is not None:
            return self._card_page(session, say, form, wrong, 422)
        try:
            card = card_of(form.get("cardNumber", ""))
            if card.setup == "challenge":
                session["_waiting"] = card.number
                return see_other(_address(session) + "/3ds")
            if card.setup != "ok":
                raise decline(card.setup)
            self._fake.set_card(customer["id"], card.number)
        except StripeError as error:
            return self._card_page(session, say, form, say.refusal(error), 402)
        return see_other(_address(session))

    def show_secure(self, request: Request) -> Answer:
        session, _, say = self._session(request)
        return three_d_secure(say, _address(session) + "/3ds", say.money(0, "eur"))

    def submit_secure(self, request: Request) -> Answer:
        session, customer, say = self._session(request)
        card = session.pop("_waiting", None)
        if card is not None and request.form().get("outcome") != "complete":
            return self._card_page(session, say, {"cardNumber": card}, say.refusal(failed_authentication()), 402)
        if card is not None:
            self._fake.set_card(customer["id"], card)
        return see_other(_address(session))

    def _session(self, request: Request) -> tuple[dict, dict, Language]:
        """Raises StripeError 404."""
        session = portal.session_of(self._account, request.values["token"])
        customer = self._account.get("customer", session["customer"])
        return session, customer, language(session["locale"], request)

    def _live(self, customer: dict) -> dict | None:
        found = [each for each in self._account.store["subscription"].of_customer(customer["id"])
                 if each["status"] not in (*subscriptions.ENDED, "incomplete")]
        return found[-1] if found else None

    def _plan(self, session: dict, customer: dict, say: Language) -> str:
        live = self._live(customer)
        if live is None:
            return f'<section class="panel"><h2>{say("plan")}</h2><p>{say("no_plan")}</p></section>'
        price = subscriptions.items(live)[0]["price"]
        name = self._account.store["product"].objects[price["product"]]["name"]
        interval = price["recurring"]["interval"]
        every = say(f"per_{interval}" if interval in ("month", "year") else "per_other")
        ends = live["cancel_at"]
        when = say("ends", day=say.day(ends)) if ends else say("renews", day=say.day(subscriptions.period(live)[1]))
        base = _address(session)
        action = f'<a class="button" id="cancel" href="{base}/cancel">{say("cancel")}</a>'
        if ends:
            action = f'<form method="post" action="{base}/resume"><button id="resume">{say("keep")}</button></form>'
        return (f'<section class="panel"><h2>{say("plan")}</h2><p class="price">{e(name)}</p>'
                f'<p>{say.money(price["unit_amount"], price["currency"])} {every}. {when}</p>'
                f'<p class="soft">{say("status", status=live["status"])}</p>'
                f'<div class="actions">{action}</div></section>')

    def _method(self, session: dict, customer: dict, say: Language) -> str:
        method = payment_methods.of(self._account, customer, self._live(customer))
        text = say("no_card") if method is None else \
            say("card_ending", brand=method["card"]["brand"].capitalize(), last4=method["card"]["last4"])
        return (f'<section class="panel"><h2>{say("method")}</h2><p>{text}</p><div class="actions">'
                f'<a class="button" id="card" href="{_address(session)}/card">{say("update_card")}</a></div></section>')

    def _invoices(self, customer: dict, say: Language) -> str:
        rows = []
        for invoice in self._account.store["invoice"].of_customer(customer["id"])[::-1][:24]:
            number = invoice["number"] or say("draft")
            link = f'<a href="/i/{invoice["id"]}" aria-label="{say("view", number=number)}">{e(number)}</a>'
            rows.append(f'<tr><td>{say.day(invoice["created"])}</td><td>{link}</td>'
                        f'<td>{say.money(invoice["total"], invoice["currency"])}</td>'
                        f'<td>{say("state_" + invoice["status"])}</td></tr>')
        head = "".join(f'<th scope="col">{say(name)}</th>' for name in ("date", "number", "amount", "state"))
        table = f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        return f'<section class="panel"><h2>{say("invoices")}</h2>{table if rows else say("no_invoices")}</section>'

    def _card_page(self, session: dict, say: Language, form: dict[str, str], wrong: str | None,
                   status: int = 200) -> Answer:
        base = _address(session)
        return page(say, say("update_card"), (
            f'<div class="narrow"><p><a href="{base}">← {say("back")}</a></p><h1>{say("update_card")}</h1>'
            f'<form method="post" action="{base}/card" class="panel">{problem(wrong)}{card_fields(say, form)}'
            f'<button class="main" id="save">{say("save")}</button></form></div>'), status)


def _address(session: dict) -> str:
    return f"/p/session/{session['_token']}"
