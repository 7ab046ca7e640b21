"""What becomes of a mail: events by address and their payloads (resend.com/docs/webhooks/event-types)."""

import copy
from typing import Any

TYPES = ("email.sent", "email.delivered", "email.delivery_delayed", "email.bounced", "email.complained",
         "email.failed", "email.opened", "email.clicked", "email.suppressed")

BOUNCE = {
    "message": "The recipient's email provider sent a hard bounce message.", "subType": "General", "type": "Permanent",
    "diagnosticCode": ["smtp; 550 5.1.1 The email account that you tried to reach does not exist."]}
SOFT_BOUNCE = {
    "message": "The recipient's inbox was full.", "subType": "MailboxFull", "type": "Transient",
    "diagnosticCode": ["smtp; 452 4.2.2 The recipient's inbox is out of storage space."]}
# The part of the payload that only events of a type have.
DETAILS: dict[str, dict[str, Any]] = {
    "email.bounced": {"bounce": BOUNCE},
    "email.clicked": {"click": {
        "ipAddress": "127.0.0.1", "link": "https://example.com/", "timestamp": "2026-11-24T05:00:57.163Z",
        "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}},
    "email.failed": {"failed": {"reason": "reached_daily_quota"}},
    "email.suppressed": {"suppressed": {
        "message": "Resend has suppressed sending to this address because it is on the account-level suppression "
        "list. This does not count toward your bounce rate metric", "type": "OnAccountSuppressionList"}},
}


def course(address: str, is_suppressed: bool) -> tuple[str, ...]:
    """The events of a mail to an address; those of resend.dev say by their name what happens."""
    if is_suppressed:
        return ("email.suppressed",)
    local, _, domain = address.partition("@")
    role = local.partition("+")[0] if domain == "resend.dev" else "delivered"
    return {
        "bounced": ("email.sent", "email.bounced"),
        "complained": ("email.sent", "email.delivered", "email.complained"),
        "suppressed": ("email.suppressed",),
    }.get(role, ("email.sent", "email.delivered"))


def payload(type: str, *, created_at: str, email: dict[str, Any], to: list[str],
            details: dict[str, Any] | None = None) -> dict[str, Any]:
    """`email` has what all events of a mail share; `details` replaces or adds members of `data`."""
    data = {**email, "to": to, **copy.deepcopy(DETAILS.get(type, {})), **(details or {})}
    return {"type": type, "created_at": created_at, "data": data}
