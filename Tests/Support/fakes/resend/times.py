"""Times as Resend writes them."""

from datetime import datetime, timezone


def rfc3339(moment: float) -> str:
    """2026-11-22T23:41:12.126Z, as in webhooks."""
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def database_time(moment: float) -> str:
    """2026-04-03 22:13:42.674981+00, as in answers of the API."""
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f+00")
