"""The pages for a person: the mails, newest first, and each of them. Everything that mails bring is escaped.

The HTML of a mail is shown in a sandboxed frame: without scripts, forms and pictures from elsewhere.
"""

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..web import Answer, Request, html_answer
from .layout import page, text
from .outbox import SentMail

if TYPE_CHECKING:
    from .fake import ResendFake

PAGE_LENGTH = 50
_MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; " \
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_WORDS = {
    "sent": "sent", "delivered": "delivered", "delivery_delayed": "delayed", "bounced": "bounced",
    "complained": "marked as spam", "failed": "failed", "opened": "opened", "clicked": "clicked",
    "suppressed": "suppressed", "queued": "queued"}
_BAD = ("bounced", "complained", "failed", "suppressed")


class Pages:
    def __init__(self, fake: "ResendFake") -> None:
        self._fake = fake

    def answer(self, request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return page("Not allowed", "<p>These pages can only be read.</p>", 405)
        if request.path == "/":
            return self._list(request)
        _, _, id, *rest = request.path.split("/")
        sent = self._fake.outbox.find(id)
        if sent is None or rest not in ([], ["html"]):
            return page("Not found", "<p>There is no such mail (any more). <a href='/'>All mails</a></p>", 404)
        return self._content(sent) if rest else self._mail(sent)

    def _list(self, request: Request) -> Answer:
        wanted = (request.query_value("to") or "").strip()
        place = request.query_value("from", "0") or "0"
        first = int(place) if place.isascii() and place.isdigit() else 0
        found = [
            sent for sent in reversed(self._fake.outbox.all())
            if not wanted or any(wanted.lower() in address for address in sent.mail.recipients)]
        shown = found[first:first + PAGE_LENGTH]
        items = f"<ol class='mails'>{''.join(_item(sent) for sent in shown)}</ol>"
        empty = "<p class='empty'>No mails yet. What SmartPages sends appears here.</p>" if not wanted else \
            "<p class='empty'>No mails to this address.</p>"
        keep = f"&amp;to={quote(wanted)}" if wanted else ""
        links = []
        if first > 0:
            links.append(f"<a href='/?from={max(0, first - PAGE_LENGTH)}{keep}'>Newer mails</a>")
        if len(found) > first + PAGE_LENGTH:
            links.append(f"<a href='/?from={first + PAGE_LENGTH}{keep}'>Older mails</a>")
        return page("Mails", f"""<h1>Mails</h1>
<form role="search"><label for="to">To</label>
<input id="to" name="to" type="search" value="{text(wanted)}" placeholder="ada@example.com" autocomplete="off">
<button>Search</button></form>
<p class="count">{len(found)} {'mail' if len(found) == 1 else 'mails'}</p>
{items if shown else empty}<nav aria-label="Pages">{' '.join(links)}</nav>""")

    def _mail(self, sent: SentMail) -> Answer:
        body = sent.body
        facts = [("From", body["from"]), ("To", ", ".join(sent.mail.to))]
        facts += [(name, ", ".join(value)) for name, value in (("Cc", sent.mail.cc), ("Bcc", sent.mail.bcc)) if value]
        facts += [("Accepted", f"{_time(sent.at)} UTC"), ("Id", sent.id)]
        if sent.idempotency_key:
            facts.append(("Idempotency key", sent.idempotency_key))
        if sent.file:
            facts.append(("File", sent.file))
        parts = [_details(facts)]
        if body.get("html"):
            parts.append(f"""<h2>HTML</h2>
<iframe src="/mails/{sent.id}/html" title="HTML of the mail" sandbox="allow-popups allow-popups-to-escape-sandbox">
</iframe>""")
        if body.get("text"):
            parts.append(f"<h2>Text</h2><pre tabindex='0'>{_with_links(body['text'])}</pre>")
        if body.get("headers"):
            parts.append(f"<h2>Headers</h2>{_details(body['headers'].items())}")
        if sent.mail.tags:
            parts.append(f"<h2>Tags</h2>{_details(sent.mail.tags.items())}")
        if sent.events:
            items = "".join(f"<li>{text(event.type)} <span class='quiet'>{text(event.id)}</span></li>"
                            for event in list(sent.events))
            parts.append(f"<h2>Events</h2><ol>{items}</ol>")
        return page(body["subject"], f"<p><a href='/'>← All mails</a></p><h1>{text(body['subject'])}</h1>"
                     f"<p>{_state(sent)}</p>{''.join(parts)}")

    def _content(self, sent: SentMail) -> Answer:
        """The HTML of a mail alone; its links open new windows."""
        content = sent.body.get("html") or ""
        target = "<base target='_blank'>"
        shown, places = re.subn(r"<head\b[^>]*>", lambda head: head[0] + target, content, count=1, flags=re.IGNORECASE)
        return html_answer(shown if places else target + content, 200, {
            "Content-Security-Policy": _MAIL_POLICY, "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff"})


def _item(sent: SentMail) -> str:
    return f"""<li><a href="/mails/{sent.id}">{text(sent.body['subject'])}</a>
<span>{text(', '.join(sent.mail.to))}</span> {_state(sent)}
<time datetime="{_time(sent.at).replace(' ', 'T')}Z">{_time(sent.at)} UTC</time></li>
"""


def _state(sent: SentMail) -> str:
    kind = "bad" if sent.last_event in _BAD else "good"
    return f"<span class='state {kind}'>{text(_WORDS.get(sent.last_event, sent.last_event))}</span>"


def _details(facts: object) -> str:
    return "<dl>" + "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts) + "</dl>"


def _with_links(content: str) -> str:
    """Escaped, addresses of the web as links."""
    parts = re.split(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])", content)
    return "".join(
        f"<a href=\"{text(part)}\" target='_blank' rel='noreferrer'>{text(part)}</a>" if place % 2 else text(part)
        for place, part in enumerate(parts))


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
