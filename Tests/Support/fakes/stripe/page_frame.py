"""How all pages look, and how they are put together."""

import html
from datetime import datetime, timezone
from typing import Any

from ..web import Answer, Request, html_answer
from .cards import CARDS
from .errors import StripeError
from .page_texts import TEXTS

e = html.escape

_STYLE = """
:root{color-scheme:light dark;--ground:#f6f8fb;--panel:#fff;--ink:#1a2333;--soft:#56617a;--line:#8a94a8;--rule:#dde2ec;
--main:#4b3fe0;--on:#fff;--bad:#b3192b;--badground:#fdecee;--note:#fff4d6;--noteink:#5b4300}
@media(prefers-color-scheme:dark){:root{--ground:#12161f;--panel:#1b212d;--ink:#eef1f7;--soft:#aeb7c9;--line:#77829a;
--rule:#303848;--main:#a79fff;--on:#14122b;--bad:#ff9aa5;--badground:#3a1a20;--note:#3b3110;--noteink:#ffe6a3}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:break-word}
.banner{background:var(--note);color:var(--noteink);text-align:center;padding:.5rem 1rem;font-size:.9rem}
main{max-width:58rem;margin:0 auto;padding:2rem 1rem 4rem}
.two{display:grid;gap:2rem;grid-template-columns:minmax(0,1fr)}
@media(min-width:50rem){.two{grid-template-columns:minmax(0,5fr) minmax(0,6fr);align-items:start}}
.narrow{max-width:34rem;margin:0 auto}
h1{font-size:1.6rem;line-height:1.2;margin:.3rem 0 1rem}h2{font-size:1.1rem;margin:0 0 .8rem}
.panel{background:var(--panel);border:1px solid var(--rule);border-radius:14px;padding:1.4rem;margin:0 0 1.2rem}
.price{font-size:2.2rem;font-weight:650;margin:.2rem 0}.soft{color:var(--soft)}p{margin:.4rem 0}
dl.sum{margin:1rem 0 0}dl.sum div{display:flex;justify-content:space-between;gap:1rem;padding:.45rem 0;
border-top:1px solid var(--rule)}dl.sum dd{margin:0;font-variant-numeric:tabular-nums}dl.sum .all{font-weight:650}
label{display:block;font-weight:550;margin:.9rem 0 .3rem}label.tick{display:flex;gap:.6rem;align-items:center}
input:not([type=checkbox]),select{width:100%;min-height:2.75rem;padding:.5rem .7rem;font:inherit;color:inherit;
background:var(--panel);border:1px solid var(--line);border-radius:8px}
input[type=checkbox]{width:1.25rem;height:1.25rem}
.row{display:grid;gap:0 .8rem;grid-template-columns:1fr 1fr}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem 1.1rem;
font:inherit;font-weight:600;border-radius:8px;border:1px solid var(--line);background:var(--panel);color:var(--ink);
cursor:pointer;text-decoration:none}
button.main{width:100%;margin-top:1.3rem;background:var(--main);border-color:var(--main);color:var(--on)}
.actions{display:flex;flex-wrap:wrap;gap:.7rem;margin-top:1rem}a{color:var(--main)}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.bad{background:var(--badground);color:var(--bad);border-radius:8px;padding:.7rem .9rem;margin:0 0 1rem}
table{width:100%;border-collapse:collapse;font-size:.95rem}th,td{text-align:left;padding:.5rem .4rem;
border-top:1px solid var(--rule)}.wide{overflow-x:auto}
.first{position:absolute;left:-999rem}.business{display:none}form:has(#business:checked) .business{display:block}
summary{cursor:pointer}code{font-size:.92em}
"""


class Language:
    """Texts and forms of a page's language."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._texts = TEXTS[code]

    def __call__(self, text: str, /, **values: Any) -> str:
        """Escaped: values too."""
        return e(self.raw(text, **values))

    def raw(self, text: str, /, **values: Any) -> str:
        """Not escaped, for what escapes it later."""
        return self._texts[text].format(**values)

    def refusal(self, error: StripeError) -> str:
        """What an error says to a person; plain text."""
        decline = error.more.get("decline_code")
        return self._texts.get(f"error_{decline}") or self._texts.get(f"error_{error.code}") or error.message

    def money(self, amount: int, currency: str) -> str:
        sign = "-" if amount < 0 else ""
        whole, cents = divmod(abs(amount), 100)
        if self.code == "de":
            return f"{sign}{whole:,}".replace(",", ".") + f",{cents:02d} {_sign(currency)}"
        return f"{sign}{_sign(currency)}{whole:,}.{cents:02d}"

    def day(self, moment: int) -> str:
        date = datetime.fromtimestamp(moment, timezone.utc)
        months = self._texts["months"].split()
        return f"{date.day}. {months[date.month - 1]} {date.year}" if self.code == "de" else \
            f"{months[date.month - 1]} {date.day}, {date.year}"


def language(locale: str | None, request: Request) -> Language:
    """By the session's locale; else by what the browser prefers."""
    wanted = locale if locale not in (None, "auto") else request.headers.get("accept-language", "en")
    return Language("de" if wanted.lower().startswith("de") else "en")


def page(say: Language, title: str, body: str, status: int = 200) -> Answer:
    """`title` and `body` are escaped already."""
    return html_answer(
        f'<!doctype html><html lang="{say.code}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title} · Stripe stand-in</title>'
        f'<link rel="icon" href="data:,"><style>{_STYLE}</style></head><body>'
        f'<header class="banner"><strong>Stripe stand-in.</strong> {say("no_money")}</header>'
        f"<main>{body}</main></body></html>", status,
        {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                    "base-uri 'none'; frame-ancestors 'none'",
         "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"})


def message(say: Language, title: str, text: str, link: str | None = None, status: int = 200) -> Answer:
    """A page that says one thing."""
    back = f'<p class="actions"><a class="button" href="{e(link)}">{say("back")}</a></p>' if link else ""
    return page(say, title, f'<div class="narrow panel"><h1>{title}</h1><p>{text}</p>{back}</div>', status)


def problem(text: str | None) -> str:
    return f'<p class="bad" role="alert" id="problem">{e(text)}</p>' if text else ""


def field(id: str, label: str, value: str = "", **attributes: str) -> str:
    """A labelled input; its name is its id."""
    more = "".join(f' {name.replace("_", "-")}="{e(each)}"' for name, each in attributes.items())
    return f'<label for="{id}">{label}</label><input id="{id}" name="{id}" value="{e(value)}"{more}>'


def card_fields(say: Language, form: dict[str, str]) -> str:
    cards = "".join(f"<li><code>{_grouped(card.number)}</code> {e(card.says)}</li>" for card in CARDS.values())
    return (
        field("cardNumber", say("card_number"), form.get("cardNumber", ""), inputmode="numeric", autocomplete="off",
              required="", placeholder="4242 4242 4242 4242", maxlength="30")
        + '<div class="row"><div>'
        + field("cardExpiry", say("expiry"), form.get("cardExpiry", "12 / 34"), autocomplete="off", required="",
                maxlength="9")
        + "</div><div>"
        + field("cardCvc", say("cvc"), form.get("cardCvc", "123"), inputmode="numeric", autocomplete="off",
                required="", maxlength="4")
        + f'</div></div><details><summary>{say("test_cards")}</summary><ul lang="en">{cards}</ul></details>')


def three_d_secure(say: Language, action: str, amount: str) -> Answer:
    """The bank's question, as if in its own window."""
    return page(say, say("secure_title"), (
        f'<div class="narrow panel"><h1>{say("secure_title")}</h1><p>{say("secure_text", amount=amount)}</p>'
        f'<form method="post" action="{e(action)}" class="actions">'
        f'<button name="outcome" value="complete" id="complete">{say("secure_complete")}</button>'
        f'<button name="outcome" value="fail" id="fail">{say("secure_fail")}</button></form></div>'))


def _grouped(number: str) -> str:
    return " ".join(number[place:place + 4] for place in range(0, len(number), 4))


def _sign(currency: str) -> str:
    return {"eur": "€", "usd": "$", "gbp": "£"}.get(currency, currency.upper())
