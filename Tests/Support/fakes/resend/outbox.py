"""The mails that the stand-in has accepted and their events."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from .mail import Mail
from .times import database_time, rfc3339

KEPT = 5000


@dataclass
class Event:
    id: str
    """The svix-id: the same at each attempt and replay."""
    type: str
    body: bytes


@dataclass
class SentMail:
    id: str
    at: float
    """Seconds since 1970 by the stand-in's clock."""
    mail: Mail
    message_id: str
    file: str | None = None
    idempotency_key: str | None = None
    last_event: str = "queued"
    events: list[Event] = field(default_factory=list)

    @property
    def body(self) -> dict[str, Any]:
        return self.mail.values

    def shared(self) -> dict[str, Any]:
        """What all webhooks of the mail have in `data`."""
        shared = {
            "created_at": rfc3339(self.at), "email_id": self.id, "message_id": self.message_id,
            "from": self.body["from"], "subject": self.body["subject"]}
        return {**shared, "tags": self.mail.tags} if self.mail.tags else shared

    def listed(self) -> dict[str, Any]:
        """An item of `GET /emails`."""
        return {
            "id": self.id, "message_id": self.message_id, "to": self.mail.to, "from": self.body["from"],
            "created_at": database_time(self.at), "subject": self.body["subject"], "bcc": self.mail.bcc or None,
            "cc": self.mail.cc or None, "reply_to": self._reply_to() or None, "last_event": self.last_event,
            "scheduled_at": None}

    def retrieved(self) -> dict[str, Any]:
        """`GET /emails/{id}`."""
        return {
            "object": "email", **self.listed(), "html": self.body.get("html"), "text": self.body.get("text"),
            "bcc": self.mail.bcc, "cc": self.mail.cc, "reply_to": self._reply_to(), "tags": self.body.get("tags", [])}

    def told(self) -> dict[str, Any]:
        """For tests: all that is known of it."""
        return {
            "id": self.id, "accepted_at": rfc3339(self.at), "idempotency_key": self.idempotency_key,
            "last_event": self.last_event, "file": self.file, "body": self.body,
            "events": [{"id": event.id, "type": event.type} for event in self.events]}

    def _reply_to(self) -> list[str]:
        given = self.body.get("reply_to", [])
        return [given] if isinstance(given, str) else given


class Outbox:
    """The newest mails, in the order of acceptance."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self._mails: OrderedDict[str, SentMail] = OrderedDict()

    def add(self, mails: list[SentMail]) -> None:
        with self.changed:
            for mail in mails:
                self._mails[mail.id] = mail
            while len(self._mails) > KEPT:
                self._mails.popitem(last=False)
            self.changed.notify_all()

    def find(self, id: str) -> SentMail | None:
        with self.changed:
            return self._mails.get(id)

    def all(self) -> list[SentMail]:
        """Oldest first."""
        with self.changed:
            return list(self._mails.values())

    def to(self, address: str | None = None, template: str | None = None) -> list[SentMail]:
        """Oldest first: those to an address and with a tag `template`."""
        return [
            sent for sent in self.all()
            if (address is None or address.lower() in sent.mail.recipients)
            and (template is None or sent.mail.tags.get("template") == template)]

    def clear(self) -> None:
        with self.changed:
            self._mails.clear()
