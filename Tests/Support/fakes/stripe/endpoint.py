"""The way of an API request: key, version, rate, faults, idempotency, and then what it asks."""

import base64
import hashlib
import json
from typing import Any, Callable

from ..faults import Fault, Faults
from ..journal import Journal
from ..web import Answer, Drop, Request
from . import forms
from .api import API
from .errors import StripeError, bad_parameter
from .idempotency import IdempotencyKeys
from .rate_limit import RateLimit
from .settings import API_VERSION


class Endpoint:
    def __init__(self, api: API, keys: list[str], faults: Faults, journal: Journal) -> None:
        self._api = api
        self._account = api.account
        self.keys = keys
        self._faults = faults
        self._journal = journal
        self.idempotency = IdempotencyKeys()
        self.rate_limit = RateLimit()

    def handle(self, request: Request) -> Answer:
        request_id = f"req_{self._account.store.letters(14)}"
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        fault = None
        try:
            self._authenticate(request)
            _check_version(request)
            self.rate_limit.take(self._account.settings.rate_limit)
            fault = self._faults.take(request.method, request.path)
            if fault is None or fault.kind == "delay" or _is_kept(fault):
                answer = self._once(request, request_id, key, fault)
            else:
                answer = self._faults.apply(fault, lambda: self._once(request, request_id, key, None))
        except StripeError as error:
            answer = _answer(error.status, json.dumps(error.body(request_id)), error.headers)
        except Drop:
            self._note(request, request_id, key, None, fault)
            raise
        answer.headers.setdefault("Request-Id", request_id)
        answer.headers["Stripe-Version"] = API_VERSION
        if key is not None:
            answer.headers["Idempotency-Key"] = key
        self._note(request, answer.headers["Request-Id"], key, answer.status, fault)
        return answer

    def _note(self, request: Request, id: str, key: str | None, status: int | None, fault: Fault | None) -> None:
        self._journal.note(method=request.method, path=request.path, query=request.query, body=request.body.decode(),
                           status=status, idempotency_key=key, request_id=id, fault=fault.kind if fault else None)

    def _authenticate(self, request: Request) -> None:
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        given = credentials.strip()
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode().partition(":")[0]
            except ValueError:
                given = ""
        elif scheme.lower() != "bearer":
            given = ""
        if not given:
            raise StripeError(
                401, "invalid_request_error", "You did not provide an API key. You need to provide your API key in the "
                "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
                unstored=True, headers={"WWW-Authenticate": 'Bearer realm="Stripe"'})
        if given not in self.keys:
            shown = given[:8] + "*" * max(0, len(given) - 12) + given[-4:]
            raise StripeError(401, "invalid_request_error", f"Invalid API Key provided: {shown}", unstored=True,
                              headers={"WWW-Authenticate": 'Bearer realm="Stripe"'})

    def _once(self, request: Request, request_id: str, key: str | None, fault: Fault | None) -> Answer:
        """With an idempotency key: the first request's answer, again and again."""
        raw = forms.decode(request.query) | forms.decode(_form(request))
        if key is None:
            return self._effect(request, request_id, None, raw, fault)[0]
        fingerprint = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
        kept = self.idempotency.begin(key, request.path, fingerprint, request_id, self._account.clock.now())
        if kept is not None:
            headers = {"Idempotent-Replayed": "true", "Original-Request": kept.request_id}
            if kept.status >= 500:
                # The same key can never give another answer.
                headers["Stripe-Should-Retry"] = "false"
            return _answer(kept.status, kept.body, headers)
        keeps = False
        try:
            answer, keeps = self._effect(request, request_id, key, raw, fault)
            if keeps:
                self.idempotency.finish(key, answer.status, answer.body.decode())
                self._account.version += 1
                answer.headers["Original-Request"] = request_id
            return answer
        finally:
            if not keeps:
                self.idempotency.forget(key)

    def _effect(self, request: Request, request_id: str, key: str | None, raw: dict[str, Any],
                fault: Fault | None) -> tuple[Answer, bool]:
        """The answer, and whether the endpoint has begun to work (so that a key keeps it)."""
        if fault is not None and fault.kind == "answer":
            if fault.after:
                self._work(request, request_id, key, raw)
            return self._faults.answer(fault), True
        if fault is not None:
            results: list[tuple[Answer, bool]] = []

            def effect() -> Answer:
                results.append(self._work(request, request_id, key, raw))
                return results[0][0]
            self._faults.apply(fault, effect)
            return results[0]
        return self._work(request, request_id, key, raw)

    def _work(self, request: Request, request_id: str, key: str | None, raw: dict[str, Any]) -> tuple[Answer, bool]:
        try:
            with self._account.lock:
                self._account.catch_up()
                self._account.cause = {"id": request_id, "idempotency_key": key}
                try:
                    value = self._find(request)(request, raw)()
                finally:
                    self._account.cause = {"id": None, "idempotency_key": None}
            return _answer(200, json.dumps(value, separators=(",", ":")), {}), True
        except StripeError as error:
            return _answer(error.status, json.dumps(error.body(request_id)), error.headers), not error.unstored

    def _find(self, request: Request) -> Callable[[Request, dict], Callable[[], dict]]:
        found = self._api.routes.find(request)
        if found is None:
            raise StripeError(404, "invalid_request_error",
                              f"Unrecognized request URL ({request.method}: {request.path}). Please see "
                              "https://stripe.com/docs or we can help at https://support.stripe.com/.", unstored=True)
        return found[1]


def _check_version(request: Request) -> None:
    """The stand-in renders one version; whoever relies on another must learn it here."""
    version = request.headers.get("stripe-version")
    if version is None:
        raise StripeError(400, "invalid_request_error", "The stand-in wants the header Stripe-Version in each request: "
                          f"{API_VERSION}.", unstored=True)
    if version != API_VERSION:
        raise StripeError(400, "invalid_request_error", f"Invalid Stripe API version: {version}. The stand-in knows "
                          f"{API_VERSION}.", unstored=True)


def _form(request: Request) -> str:
    if not request.body:
        return ""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise bad_parameter("Invalid request: the body must be of the type application/x-www-form-urlencoded.")
    try:
        return request.body.decode()
    except UnicodeDecodeError:
        raise bad_parameter("Invalid request: the body is not UTF-8.") from None


def _is_kept(fault: Fault) -> bool:
    if fault.kind != "answer":
        return False
    return fault.status == 500 if fault.stored is None else fault.stored


def _answer(status: int, body: str, headers: dict[str, str]) -> Answer:
    return Answer(status, body.encode(), {"Content-Type": "application/json", **headers})
