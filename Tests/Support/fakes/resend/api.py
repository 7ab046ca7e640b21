"""Resend's API: what each request is answered."""

import json
import re
import time
import uuid
from typing import TYPE_CHECKING, Callable
from urllib.parse import parse_qsl

from ..web import Answer, Request, json_answer
from . import mail as mails
from .errors import Refusal
from .mail import Mail

if TYPE_CHECKING:
    from .fake import ResendFake

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z", re.IGNORECASE)


class API:
    def __init__(self, fake: "ResendFake") -> None:
        self._fake = fake

    def answer(self, request: Request) -> Answer:
        headers: dict[str, str] = {}
        try:
            if not request.headers.get("user-agent"):
                # Not the API but the edge before it says this, and not in JSON.
                return Answer(403, b"error code: 1010", {"Content-Type": "text/plain; charset=UTF-8"})
            handler = self._handler(request)
            self._check_key(request)
            headers = self._fake.limits.count_request()
            answer = handler(request)
        except Refusal as refusal:
            answer = refusal.answer()
        answer.headers = {**headers, **self._fake.limits.quota_headers(), **answer.headers}
        return answer

    def _handler(self, request: Request) -> Callable[[Request], Answer]:
        """Raises Refusal."""
        path = request.path
        if path == "/emails":
            methods = {"POST": self._send, "GET": self._list}
        elif path == "/emails/batch" and request.method != "GET":
            methods = {"POST": self._send_batch}
        elif re.fullmatch(r"/emails/[^/]+", path):
            methods = {"GET": self._retrieve}
        else:
            raise Refusal("not_found")
        if request.method not in methods:
            raise Refusal("method_not_allowed")
        return methods[request.method]

    def _check_key(self, request: Request) -> None:
        """Raises Refusal."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            raise Refusal("missing_api_key")
        if key == self._fake.sending_key:
            if request.method != "POST":
                raise Refusal("restricted_api_key")
        elif key != self._fake.key:
            raise Refusal("invalid_api_key")

    # --- Sending

    def _send(self, request: Request) -> Answer:
        def accept() -> Answer:
            mail = mails.check(_json(request), request.body, refuses_reserved=self._fake.refuses_reserved)
            return json_answer({"id": self._accept([mail], request)[0]})

        return self._once(request, accept)

    def _send_batch(self, request: Request) -> Answer:
        validation = request.headers.get("x-batch-validation", "strict")
        if validation != "strict":
            raise Refusal("validation_error", "Only the strict validation of batches is supported here.")

        def accept() -> Answer:
            checked = mails.check_batch(_json(request), refuses_reserved=self._fake.refuses_reserved)
            return json_answer({"data": [{"id": id} for id in self._accept(checked, request)]})

        return self._once(request, accept)

    def _once(self, request: Request, accept: Callable[[], Answer]) -> Answer:
        """Accepts, or repeats the answer to the first request with the same key."""
        keys, key = self._fake.idempotency_keys, request.headers.get("idempotency-key")
        first = keys.begin(request.path, key, request.body)
        if first is not None:
            return Answer(first.status, first.body, dict(first.headers))
        answer = None
        try:
            time.sleep(self._fake.latency)
            answer = accept()
        finally:
            keys.end(request.path, key, answer)
        # Its headers will be changed; those of the kept one must not.
        return Answer(answer.status, answer.body, dict(answer.headers))

    def _accept(self, checked: list[Mail], request: Request) -> list[str]:
        """Raises Refusal."""
        for mail in checked:
            self._check_domain(mail)
        count = sum(len(mail.recipients) for mail in checked)
        self._fake.limits.count_mails(count)
        try:
            return self._fake.accept(checked, request.headers.get("idempotency-key"))
        except OSError as error:
            self._fake.limits.give_back(count)
            raise Refusal("application_error", f"The mail folder: {error}") from error

    def _check_domain(self, mail: Mail) -> None:
        """Raises Refusal."""
        domain = mail.sender.rpartition("@")[2]
        if domain == "resend.dev":
            if not all(address.endswith("@resend.dev") for address in mail.recipients):
                raise Refusal(
                    "validation_error", "You can only send testing emails to your own email address. To send emails to "
                    "other recipients, please verify a domain at resend.com/domains, and change the `from` address to "
                    "an email using this domain.", 403)
        elif self._fake.domains is not None and domain not in self._fake.domains:
            raise Refusal(
                "validation_error", f"The {domain} domain is not verified. Please, add and verify your domain.", 403)

    # --- Reading

    def _retrieve(self, request: Request) -> Answer:
        id = request.path.rpartition("/")[2]
        if not _UUID.match(id):
            raise Refusal("invalid_parameter", "The `id` must be a valid UUID.")
        sent = self._fake.outbox.find(id.lower())
        if sent is None:
            raise Refusal("not_found", "Email not found")
        return json_answer(sent.retrieved())

    def _list(self, request: Request) -> Answer:
        """Newest first."""
        query = dict(parse_qsl(request.query, keep_blank_values=True))
        limit, after, before = query.pop("limit", "20"), query.pop("after", None), query.pop("before", None)
        if query or not limit.isdecimal() or not 1 <= int(limit) <= 100 or (after and before):
            raise Refusal("validation_error", "Invalid pagination: `limit` (1 to 100), `after` or `before`.")
        items = self._fake.outbox.all()[::-1]
        places = {sent.id: place for place, sent in enumerate(items)}
        for id in (after, before):
            if id is not None and id not in places:
                raise Refusal("validation_error", "Invalid pagination: no such email.")
        if before is not None:
            rest = items[:places[before]]
            chosen, has_more = rest[-int(limit):], len(rest) > int(limit)
        else:
            rest = items[places[after] + 1:] if after is not None else items
            chosen, has_more = rest[:int(limit)], len(rest) > int(limit)
        return json_answer({"object": "list", "has_more": has_more, "data": [sent.listed() for sent in chosen]})


def new_id() -> str:
    return str(uuid.uuid4())


def _json(request: Request) -> object:
    """Raises Refusal."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal("validation_error", "The Content-Type must be application/json.", 400)
    try:
        return json.loads(request.body)
    except ValueError:
        raise Refusal("validation_error", "The request body is not JSON.", 400) from None
