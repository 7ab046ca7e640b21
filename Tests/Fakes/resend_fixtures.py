"""What the tests of the Resend stand-in share: the stand-in, the official client aimed at it, and a receiver."""

import threading
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import resend
from fakes.resend import ResendFake
from fakes.web import Answer, Request, Server

KEY = "re_test_key_1"
SENDING_KEY = "re_test_key_2"


class Receiver:
    """A webhook endpoint that keeps what it gets. The next answers may be set."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.received: list[Request] = []
        self.statuses: list[int] = []
        self.server = Server(self._receive)

    @property
    def url(self) -> str:
        return f"{self.server.url}/api/webhooks/resend"

    def _receive(self, request: Request) -> Answer:
        with self._changed:
            self.received.append(request)
            self._changed.notify_all()
            return Answer(self.statuses.pop(0) if self.statuses else 200, b"{}")

    def wait(self, count: int, seconds: float = 5) -> list[Request]:
        """The requests, once there are `count`."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.received) >= count, seconds), len(self.received)
            return list(self.received)


@pytest.fixture
def receiver():
    running = Receiver()
    with running.server:
        yield running


@pytest.fixture
def fake(tmp_path, receiver, monkeypatch):
    """A stand-in of its own for each test, and the official client aimed at it."""
    with ResendFake(key=KEY, sending_key=SENDING_KEY, folder=tmp_path / "mail", webhook_url=receiver.url,
                    webhook_host="app.localhost", retries=(0.01, 0.01, 0.01)) as running:
        monkeypatch.setattr(resend, "api_key", KEY)
        monkeypatch.setattr(resend, "api_url", running.url)
        yield running


def a_mail(**changes: Any) -> dict[str, Any]:
    """A mail as the product sends it. `name=...` (Ellipsis) leaves a field out; `from_` is From."""
    mail = {
        "from": "SmartPages <hello@smartpages.example>", "to": ["ada@example.com"], "subject": "Your code: 123456",
        "html": "<!doctype html><html lang='en'><head><title>Code</title></head><body><p>123456</p></body></html>",
        "text": "Your code is 123456.", "headers": {"X-Entity-Ref-ID": "6d1b5a0e"},
        "tags": [{"name": "template", "value": "login"}]}
    changes = {name.removesuffix("_"): value for name, value in changes.items()}
    return {name: value for name, value in {**mail, **changes}.items() if value is not ...}


def post(fake: ResendFake, body: Any, path: str = "/emails", **headers: str | None) -> requests.Response:
    """A request as a program without the official client makes it; `None` leaves a header out."""
    sent = {"Authorization": f"Bearer {KEY}", "User-Agent": "tests/1", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    options = {"data": body} if isinstance(body, bytes) else {"json": body}
    with requests.Session() as session:
        session.trust_env = False
        return session.post(fake.url + path, headers=sent, timeout=10, **options)


def is_refused(answer: requests.Response, status: int, name: str) -> bool:
    """Whether an answer is Resend's error of that name, whole."""
    body = answer.json()
    return (answer.status_code, body["statusCode"], body["name"]) == (status, status, name) \
        and set(body) == {"statusCode", "name", "message"} and bool(body["message"])


@contextmanager
def raised(name: str, status: int):
    """The official client raises this error of Resend's."""
    with pytest.raises(resend.exceptions.ResendError) as caught:
        yield caught
    assert (caught.value.error_type, int(caught.value.code)) == (name, status), caught.value
