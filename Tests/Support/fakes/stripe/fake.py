"""The stand-in as a whole: the API, the pages, the control API, time, and the delivery of webhooks."""

import json
import threading
from pathlib import Path
from typing import Any

from ..delivery import QUICK_RETRIES, Delivery
from ..faults import Faults
from ..journal import Journal
from ..web import Answer, Request, Server
from . import (
    catalog, checkout_api, customers, discounts, disputes, event_api, invoice_api, payment_methods, payments, portal,
    preview_api, refunds, schedule, subscription_api, subscription_update, test_clocks)
from .account import Account
from .api import API
from .control import ControlAPI
from .endpoint import Endpoint
from .errors import usual_body
from .actions import Actions
from .pages import Pages
from .signature import sign
from .state_file import StateFile
from .store import Store, plain

_RESOURCES = (catalog, checkout_api, customers, discounts, disputes, event_api, payment_methods, payments, portal,
              refunds, subscription_api, subscription_update, preview_api, invoice_api, test_clocks)
TICK_SECONDS = 0.25


class StripeFake(Actions):
    """Everything of `Actions` may be called from a test; the same is reached below `/_test/`.

    `plans`: the path or the content of SmartPages' plans file. `public_url`: where a browser reaches the pages, if not
    at this port. `state`: a file that keeps all from one start to the next.
    """

    def __init__(self, port: int = 0, *, plans: str | Path | dict | None = None, key: str = "sk_test_standin",
                 keys: list[str] | None = None, webhook_url: str | None = None, webhook_host: str | None = None,
                 webhook_secret: str = "whsec_standin", livemode: bool | None = None, public_url: str | None = None,
                 state: str | Path | None = None, seed: int | None = None, rate_limit: int | None = 100,
                 workers: int = 2, retries: tuple[float, ...] = QUICK_RETRIES) -> None:
        self.key = key
        self.webhook_secret = webhook_secret
        self._public_url = public_url
        livemode = "_live_" in key if livemode is None else livemode
        self._plans = plans if plans is None or isinstance(plans, dict) else json.loads(Path(plans).read_text())
        self._mode = "live" if livemode else "test"
        self.account = Account(livemode=livemode, seed=seed)
        self.account.settings.rate_limit = rate_limit
        self.faults = Faults(usual_body)
        self.journal = Journal()
        self.delivery = Delivery(self._signed, webhook_url, webhook_host, workers=workers, retries=retries)
        self.delivery.on_delivered = self._delivered
        self.account.events.deliver = self._deliver
        schedule.install(self.account)
        api = API(self.account)
        for resource in _RESOURCES:
            resource.routes(api)
        self.api = api
        self.endpoint = Endpoint(api, [key, *(keys or [])], self.faults, self.journal)
        self._pages = Pages(self)
        self._control = ControlAPI(self)
        self.server = Server(self._handle, port)
        self._file = StateFile(Path(state), self.dump, lambda: self.account.version) if state is not None else None
        self._ticker: threading.Event | None = None
        saved = self._file.read() if self._file is not None else None
        if saved is not None:
            self.load(saved)
        self.seed_plans()

    # --- Running

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def port(self) -> int:
        return self.server.port

    def start(self) -> "StripeFake":
        """May be called again after `stop`: the same port, the same state."""
        self.server.start()
        self.account.page_url = self._public_url or self.url
        self.delivery.start()
        self._ticker = threading.Event()
        threading.Thread(target=self._tick, args=(self._ticker,), name="fake-ticker", daemon=True).start()
        if self._file is not None:
            self._file.start()
        return self

    def stop(self) -> None:
        self.server.stop()
        self.delivery.stop()
        if self._ticker is not None:
            self._ticker.set()
        if self._file is not None:
            self._file.stop()

    def __enter__(self) -> "StripeFake":
        return self if self.server.is_running else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _tick(self, stopped: threading.Event) -> None:
        while not stopped.wait(TICK_SECONDS):
            with self.account.lock:
                self.account.catch_up()

    def _handle(self, request: Request) -> Answer:
        if request.path.startswith("/v1/"):
            return self.endpoint.handle(request)
        if request.path.startswith("/_test/"):
            return self._control.handle(request)
        return self._pages.handle(request)

    # --- Webhooks

    def _signed(self, id: str, body: bytes) -> dict[str, str]:
        return {"Stripe-Signature": sign(body, self.webhook_secret),
                "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)"}

    def _deliver(self, event: dict) -> None:
        self.delivery.send(event["id"], event["type"], event_body(event))

    def _delivered(self, id: str) -> None:
        event = self.account.store["event"].get(id)
        if event is not None and event["pending_webhooks"]:
            event["pending_webhooks"] = 0
            self.account.version += 1

    # --- State

    def dump(self) -> dict[str, Any]:
        """All that has to be kept, as JSON has it."""
        with self.account.lock:
            return {"objects": self.account.store.dump(), "settings": self.account.settings.as_dict(),
                    "clock_ahead": self.account.clock.ahead, "idempotency_keys": self.endpoint.idempotency.dump()}

    def load(self, state: dict[str, Any]) -> None:
        """Takes what `dump` gave. Events that were not delivered yet are sent again."""
        # A copy of its own: the caller's may be used again.
        state = json.loads(json.dumps(state))
        with self.account.lock:
            self.account.store = Store()
            self.account.store.load(state["objects"])
            self.account.settings.change(state["settings"])
            if abs(state["clock_ahead"]) > 1:
                self.account.clock.set(self.account.clock.now() + state["clock_ahead"])
            self.endpoint.idempotency.load(state["idempotency_keys"])
            self.account.rebuild_schedule()
            self.account.version += 1
            for event in self.account.store["event"]:
                if event["pending_webhooks"] and self.account.events.is_listed(event):
                    self._deliver(event)

    def reset(self) -> None:
        """As after the first start: only the plans' prices, the real time, no faults."""
        self.faults.clear()
        self.delivery.clear()
        self.journal.clear()
        with self.account.lock:
            self.account.store = Store()
            self.account.clock.reset()
            self.endpoint.idempotency.load({})
            self.account.rebuild_schedule()
            self.account.version += 1
        self.seed_plans()

    def seed_plans(self) -> None:
        if self._plans is not None:
            with self.account.lock, self.account.silently():
                catalog.seed(self.account, self._plans, self._mode)


def event_body(event: dict) -> bytes:
    """As it is sent: with its members indented, as Stripe does it."""
    return json.dumps(plain(event), indent=2, ensure_ascii=False).encode()
