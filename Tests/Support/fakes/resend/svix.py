"""Signatures of webhooks, as Svix makes them for Resend (docs.svix.com/receiving/verifying-payloads/how-manual)."""

import base64
import hashlib
import hmac
import secrets
import time


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def new_message_id() -> str:
    return "msg_" + secrets.token_hex(14)[:27]


class Signer:
    """Signs with all its secrets (several while one is rolled). `offset` moves the time, for tests of old messages.

    The time is the real one, not the stand-in's: receivers compare it with theirs.
    """

    def __init__(self, *whsec: str) -> None:
        self.secrets = list(whsec)
        self.offset = 0.0
        for each in whsec:
            _key(each)

    def __call__(self, message_id: str, body: bytes) -> dict[str, str]:
        timestamp = int(time.time() + self.offset)
        content = f"{message_id}.{timestamp}.".encode() + body
        digests = [hmac.digest(_key(each), content, hashlib.sha256) for each in self.secrets]
        signatures = ["v1," + base64.b64encode(digest).decode() for digest in digests]
        return {
            "svix-id": message_id, "svix-timestamp": str(timestamp), "svix-signature": " ".join(signatures),
            "User-Agent": "Svix-Webhooks/1.40 (sender-9YMgn; +https://www.svix.com/http-sender/)"}


def _key(whsec: str) -> bytes:
    if not whsec.startswith("whsec_"):
        raise ValueError("a webhook secret begins with whsec_")
    key = base64.b64decode(whsec.removeprefix("whsec_"), validate=True)
    if not key:
        raise ValueError("a webhook secret has a key")
    return key
