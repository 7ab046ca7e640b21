"""The pages for a person: the mails, newest first, and each of them. Everything that mails bring is escaped.

The HTML of a mail is shown in a sandboxed frame: without scripts, forms and pictures from elsewhere.
"""

import html
import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..web import Answer, Request, html_answer
from .outbox import SentMail

if TYPE_CHECKING:
    from .fake import ResendFake

PAGE_LENGTH = 50
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; " \
    "frame-ancestors 'none'"
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
            return _page("Not allowed", "<p>These pages can only be read.</p>", 405)
        if request.path == "/":
            return self._list(request)
        _, _, id, *rest = request.path.split("/")
        sent = self._fake.outbox.find(id)
        if sent is None or rest not in ([], ["html"]):
            return _page("Not found", "<p>There is no such mail (any more). <a href='/'>All mails</a></p>", 404)
        return self._content(sent) if rest else self._mail(sent)

    def _list(self, request: Request) -> Answer:
        wanted = (request.query_value("to") or "").strip()
        place = request.query_value("from", "0") or "0"
        first = int(place) if place.isascii() and place.isdigit() else 0
        found = [
            sent for sent in reversed(self._fake.outbox.all())
            if not wanted or any(wanted.lower() in address for address in sent.mail.recipients)]
        shown = found[first:first + PAGE_LENGTH]
        rows = "".join(_row(sent) for sent in shown)
        table = f"""<div class="wide" role="region" aria-label="Mails" tabindex="0"><table>
<thead><tr><th scope="col">Accepted (UTC)</th><th scope="col">To</th><th scope="col">Subject</th>
<th scope="col">State</th></tr></thead><tbody>{rows}</tbody></table></div>"""
        empty = "<p class='empty'>No mails yet. What SmartPages sends appears here.</p>" if not wanted else \
            "<p class='empty'>No mails to this address.</p>"
        keep = f"&amp;to={quote(wanted)}" if wanted else ""
        links = []
        if first > 0:
            links.append(f"<a href='/?from={max(0, first - PAGE_LENGTH)}{keep}'>Newer mails</a>")
        if len(found) > first + PAGE_LENGTH:
            links.append(f"<a href='/?from={first + PAGE_LENGTH}{keep}'>Older mails</a>")
        return _page("Mails", f"""<h1>Mails</h1>
<form role="search"><label for="to">To</label>
<input id="to" name="to" type="search" value="{_text(wanted)}" placeholder="ada@example.com" autocomplete="off">
<button>Search</button></form>
<p class="count">{len(found)} {'mail' if len(found) == 1 else 'mails'}</p>
{table if shown else empty}<nav aria-label="Pages">{' '.join(links)}</nav>""")

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
            items = "".join(f"<li>{_text(event.type)} <span class='quiet'>{_text(event.id)}</span></li>"
                            for event in list(sent.events))
            parts.append(f"<h2>Events</h2><ol>{items}</ol>")
        return _page(body["subject"], f"<p><a href='/'>← All mails</a></p><h1>{_text(body['subject'])}</h1>"
                     f"<p>{_state(sent)}</p>{''.join(parts)}")

    def _content(self, sent: SentMail) -> Answer:
        """The HTML of a mail alone; its links open new windows."""
        content = sent.body.get("html") or ""
        target = "<base target='_blank'>"
        shown, places = re.subn(r"<head\b[^>]*>", lambda head: head[0] + target, content, count=1, flags=re.IGNORECASE)
        return html_answer(shown if places else target + content, 200, {
            "Content-Security-Policy": _MAIL_POLICY, "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff"})


def _row(sent: SentMail) -> str:
    return f"""<tr><td><time datetime="{_time(sent.at).replace(' ', 'T')}Z">{_time(sent.at)}</time></td>
<td>{_text(', '.join(sent.mail.to))}</td><td><a href="/mails/{sent.id}">{_text(sent.body['subject'])}</a></td>
<td>{_state(sent)}</td></tr>"""


def _state(sent: SentMail) -> str:
    kind = "bad" if sent.last_event in _BAD else "good"
    return f"<span class='state {kind}'>{_text(_WORDS.get(sent.last_event, sent.last_event))}</span>"


def _details(facts: object) -> str:
    return "<dl>" + "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in facts) + "</dl>"


def _with_links(text: str) -> str:
    """Escaped, addresses of the web as links."""
    parts = re.split(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])", text)
    return "".join(
        f"<a href=\"{_text(part)}\" target='_blank' rel='noreferrer'>{_text(part)}</a>" if place % 2 else _text(part)
        for place, part in enumerate(parts))


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def _text(value: object) -> str:
    return html.escape(str(value), quote=True)


def _page(title: str, content: str, status: int = 200) -> Answer:
    return html_answer(f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)} · Resend stand-in</title>
<style>{_STYLE}</style>
</head>
<body>
<header><a href="/"><strong>Resend stand-in</strong></a>
<span>Nothing here was sent to anybody.</span></header>
<main>{content}</main>
</body>
</html>
""", status, {
        "Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"})


_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --paper: #fff; --ink: #1b1f24; --quiet: #57606a; --line: #d5dae1;
  --link: #0b57c4; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1216; --paper: #181c22; --ink: #e8ebef; --quiet: #a3adb9;
  --line: #343b45; --link: #84b6ff; --good: #6fdc8c; --bad: #ff9aa6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .75rem 1.25rem;
  background: var(--paper); border-bottom: 1px solid var(--line); }
header a { color: inherit; text-decoration: none; }
header span, .quiet, .count, dt { color: var(--quiet); }
main { max-width: 64rem; margin: 0 auto; padding: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
input, button { font: inherit; padding: .45rem .75rem; border: 1px solid var(--quiet); border-radius: .4rem;
  background: var(--paper); color: inherit; }
input { flex: 1 1 14rem; max-width: 24rem; }
button { cursor: pointer; }
.wide { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .6rem .9rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--quiet); font-weight: 600; font-size: .875rem; }
td { overflow-wrap: anywhere; }
td time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.state { white-space: nowrap; font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.empty { padding: 2rem; text-align: center; background: var(--paper); border: 1px dashed var(--line);
  border-radius: .6rem; }
nav { display: flex; gap: 1rem; margin-top: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0; padding: .9rem;
  background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 36rem; resize: vertical; overflow: auto; background: #fff;
  border: 1px solid var(--line); border-radius: .6rem; }
pre { margin: 0; padding: .9rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper);
  border: 1px solid var(--line); border-radius: .6rem; font: .9rem/1.5 ui-monospace, monospace; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
"""
