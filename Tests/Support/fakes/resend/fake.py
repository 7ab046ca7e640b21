"""The stand-in as a whole: as a library for tests, and what the program runs."""

import json
import re
import threading
from pathlib import Path
from typing import Any

from ..clock import Clock
from ..delivery import QUICK_RETRIES, Delivery
from ..faults import Fault, Faults
from ..journal import Journal
from ..web import Answer, Request, Server
from . import events
from .api import API, new_id
from .control import Control
from .errors import ERRORS, Refusal, usual_body
from .folder import MailFolder
from .idempotency import IdempotencyKeys
from .limits import Limits
from .mail import Mail, bare_address, check
from .outbox import KEPT, Event, Outbox, SentMail
from .pages import Pages
from .svix import Signer, new_message_id, new_secret
from .times import rfc3339


class ResendFake:
    """Resend on loopback. `with ResendFake(folder=…) as resend:` and `resend.url` is the address of its API."""

    def __init__(self, *, key: str = "re_test_0123456789abcdef", sending_key: str | None = None,
                 folder: Path | str | None = None, port: int = 0, webhook_url: str | None = None,
                 webhook_host: str | None = None, webhook_secret: str | None = None,
                 domains: list[str] | None = None, rate: int = 1000, daily: int | None = None,
                 monthly: int | None = None, automatic: bool = True,
                 retries: tuple[float, ...] = QUICK_RETRIES) -> None:
        """
        `sending_key` may only send. `domains` are those that From may have (None: all). `automatic`: each mail has its
        events at once, as its address says. Without a `folder` mails are only kept in memory.
        """
        self.key, self.sending_key = key, sending_key
        self.folder = MailFolder(Path(folder)) if folder is not None else None
        self.webhook_secret = webhook_secret or new_secret()
        self._initial = {"domains": domains, "automatic": automatic, "latency": 0.0, "refuses_reserved": False}
        self.domains: list[str] | None
        self.automatic: bool
        self.latency: float
        """Seconds that a mail takes to be accepted, its idempotency key in progress meanwhile."""
        self.refuses_reserved: bool
        """Whether example.com and the like are refused as recipients, as Resend does."""
        self.set(**self._initial)
        self.clock = Clock()
        self.limits = Limits(self.clock, rate, 1.0, daily, monthly)
        self.idempotency_keys = IdempotencyKeys(self.clock)
        self.faults = Faults(usual_body)
        self.journal = Journal()
        self.outbox = Outbox()
        self.suppressed: set[str] = set()
        self.signer = Signer(self.webhook_secret)
        self.delivery = Delivery(self.signer, webhook_url, webhook_host, retries=retries)
        self._api, self._control, self._pages = API(self), Control(self), Pages(self)
        self._server = Server(self._handle, port)
        self._read_folder()

    # --- Running

    def start(self) -> "ResendFake":
        self._server.start()
        self.delivery.start()
        return self

    def stop(self) -> None:
        self._server.stop()
        self.faults.clear()
        self.delivery.stop()

    def __enter__(self) -> "ResendFake":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def port(self) -> int:
        return self._server.port

    def go_down(self, seconds: float | None = None) -> None:
        """Refuses connections and cuts the open ones; until `come_up`, or for so many seconds. Keeps its state."""
        self._server.stop()
        if seconds is not None:
            timer = threading.Timer(seconds, self.come_up)
            timer.daemon = True
            timer.start()

    def come_up(self) -> None:
        if not self._server.is_running:
            self._server.start()

    def set(self, **values: Any) -> None:
        """`automatic`, `latency`, `domains`, `refuses_reserved`."""
        unknown = set(values) - set(self._initial)
        if unknown:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        for name, value in values.items():
            setattr(self, name, value)

    def reset(self, files: bool = False) -> None:
        """As just started; `files`: the mail folder is emptied too."""
        self.faults.clear()
        self.delivery.clear()
        self.signer.secrets, self.signer.offset = [self.webhook_secret], 0.0
        self.set(**self._initial)
        self.clock.reset()
        self.limits.clear()
        self.idempotency_keys.clear()
        self.journal.clear()
        self.outbox.clear()
        self.suppressed.clear()
        if files and self.folder is not None:
            self.folder.clear()

    # --- Faults

    def fail(self, **values: Any) -> Fault:
        """A fault for the next requests: names as of `fakes.faults.Fault`."""
        return self.faults.add(**values)

    def refuse(self, name: str, **values: Any) -> Fault:
        """Answers the next requests with an error of Resend's by name, such as daily_quota_exceeded."""
        if name not in ERRORS:
            raise ValueError(f"{name} is no error of Resend's")
        refusal = Refusal(name, values.pop("message", None), values.pop("status", None))
        if name == "rate_limit_exceeded":
            values.setdefault("headers", {"retry-after": "1", "ratelimit-remaining": "0", "ratelimit-reset": "1"})
        return self.fail(kind="answer", status=refusal.status, body=refusal.body(), **values)

    # --- Mails

    def mails(self, to: str | None = None, template: str | None = None) -> list[SentMail]:
        """Oldest first: all, those to an address, those with a tag `template`."""
        return self.outbox.to(to, template)

    def wait_for_mail(self, to: str, template: str | None = None, after: int = 0, seconds: float = 15) -> SentMail:
        """The newest mail to an address, once there are more than `after`. Raises TimeoutError."""
        with self.outbox.changed:
            if not self.outbox.changed.wait_for(lambda: len(self.mails(to, template)) > after, seconds):
                raise TimeoutError(f"no mail to {to} in {seconds} s")
            return self.mails(to, template)[-1]

    def accept(self, checked: list[Mail], idempotency_key: str | None = None) -> list[str]:
        """Takes mails that passed all checks; returns their ids. Raises OSError of the folder."""
        sent = []
        for mail in checked:
            id, now = new_id(), self.clock.now()
            file = self.folder.write(id, mail.body, now) if self.folder is not None else None
            sent.append(self._sent(id, now, mail, file, idempotency_key))
        self.outbox.add(sent)
        if self.automatic:
            for each in sent:
                self._happen(each)
        return [each.id for each in sent]

    def _sent(self, id: str, at: float, mail: Mail, file: str | None, key: str | None) -> SentMail:
        return SentMail(id, at, mail, f"<{id}@eu-west-1.amazonses.com>", file, key)

    def _read_folder(self) -> None:
        """What was accepted before a restart. Its events and keys are not known any more."""
        if self.folder is None:
            return
        for name, id, at, body in self.folder.read(KEPT):
            try:
                mail = check(json.loads(body), body)
            except (ValueError, Refusal):
                continue
            sent = self._sent(id, at, mail, name, None)
            sent.last_event = "delivered"
            self.outbox.add([sent])

    # --- Events

    def event(self, email_id: str, type: str, to: list[str] | None = None, **details: Any) -> Event:
        """Something becomes of a mail, and the webhook is told. `details` are members of the payload's `data`.

        Raises KeyError for an unknown mail, ValueError for a type that there is not.
        """
        if type not in events.TYPES:
            raise ValueError(f"type is none of {', '.join(events.TYPES)}")
        sent = self.outbox.find(email_id)
        if sent is None:
            raise KeyError(email_id)
        to = to or sent.mail.to
        value = events.payload(type, created_at=rfc3339(self.clock.now()), email=sent.shared(), to=to, details=details)
        event = Event(new_message_id(), type, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
        sent.events.append(event)
        sent.last_event = type.removeprefix("email.")
        self._suppress(type, value["data"], to)
        self.delivery.send(event.id, event.type, event.body)
        return event

    def replay(self, event_id: str) -> Event:
        """Sends an event once more, with the same svix-id. Raises KeyError."""
        for sent in self.outbox.all():
            for event in sent.events:
                if event.id == event_id:
                    self.delivery.send(event.id, event.type, event.body)
                    return event
        raise KeyError(event_id)

    def tell(self, body: dict[str, Any] | bytes, event_id: str | None = None) -> str:
        """Signs and sends any body to the webhook, such as an event of an unknown type. Returns the svix-id."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        id = event_id or new_message_id()
        type = body.get("type", "") if isinstance(body, dict) else ""
        self.delivery.send(id, str(type), raw)
        return id

    def _happen(self, sent: SentMail) -> None:
        """The events of a mail, each for the recipients that it concerns."""
        courses = {to: events.course(bare_address(to) or "", bare_address(to) in self.suppressed)
                   for to in (*sent.mail.to, *sent.mail.cc, *sent.mail.bcc)}
        for type in ("email.sent", "email.suppressed", "email.delivered", "email.bounced", "email.complained"):
            concerned = [to for to, course in courses.items() if type in course]
            if concerned:
                self.event(sent.id, type, concerned)

    def _suppress(self, type: str, data: dict[str, Any], to: list[str]) -> None:
        """An address that bounced for good or complained gets no more mails. Those of resend.dev are for tests."""
        permanent = type == "email.bounced" and data["bounce"].get("type") == "Permanent"
        if permanent or type == "email.complained":
            addresses = {bare_address(each) or each for each in to}
            self.suppressed |= {each for each in addresses if not each.endswith("@resend.dev")}

    # --- Requests

    def _handle(self, request: Request) -> Answer:
        host = re.sub(r":\d+\Z", "", request.headers.get("host", "")).lower()
        if host not in ("127.0.0.1", "[::1]", "localhost") and not host.endswith(".localhost"):
            # A web page elsewhere that lets its name stand for this machine shall not read mails.
            return Answer(421, b"This stand-in is only for this machine.", {"Content-Type": "text/plain"})
        if request.path.startswith("/_test/"):
            return self._control.answer(request)
        if request.path == "/" or request.path.startswith("/mails/"):
            return self._pages.answer(request)
        noted: dict[str, Any] = {
            "method": request.method, "path": request.path,
            "idempotency_key": request.headers.get("idempotency-key"), "status": None, "fault": None}
        try:
            fault = self.faults.take(request.method, request.path)
            if fault is None:
                answer = self._api.answer(request)
            else:
                noted["fault"] = fault.kind
                answer = self.faults.apply(fault, lambda: self._api.answer(request))
            noted["status"] = answer.status
            return answer
        finally:
            self.journal.note(**noted)
