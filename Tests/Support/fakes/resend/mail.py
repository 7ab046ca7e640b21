"""What `POST /emails` accepts, checked strictly: what Resend does not document is refused.

Source: resend.com/docs/api-reference/emails/send-email.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from .errors import Refusal

RECIPIENTS = 50
TEXT_FIELDS = ("from", "subject", "html", "text")
ADDRESS_FIELDS = ("to", "cc", "bcc", "reply_to")
# Known to Resend, but of no use here; accepting them silently would promise what does not happen.
UNSUPPORTED = ("scheduled_at", "template", "topic_id")
KNOWN = {*TEXT_FIELDS, *ADDRESS_FIELDS, "headers", "tags", "attachments", *UNSUPPORTED}
ATTACHMENT_FIELDS = {"content", "filename", "path", "content_type", "content_id"}
# Resend refuses these; the project's tests write to them, so the refusal is a setting.
RESERVED_DOMAINS = ("example.com", "example.org", "example.net", "test.com")

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@(?:{_LABEL}\.)+{_LABEL}\Z")
_NAMED = re.compile(r"(?P<name>[^<>\r\n]*\S)\s*<(?P<address>[^<>\s]+)>\Z")
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")


@dataclass
class Mail:
    """A mail that passed the checks."""

    body: bytes
    """As it was posted."""
    values: dict[str, Any]
    sender: str
    """The bare address of From."""
    to: list[str]
    cc: list[str]
    bcc: list[str]
    recipients: list[str] = field(init=False)
    """The bare addresses of all who get it."""
    tags: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.recipients = [bare_address(each) or "" for each in (*self.to, *self.cc, *self.bcc)]
        self.tags = {tag["name"]: tag["value"] for tag in self.values.get("tags", [])}


def bare_address(text: str) -> str | None:
    """`ada@example.com` of that or of `Ada <ada@example.com>`; None: neither."""
    named = _NAMED.match(text)
    address = named["address"] if named else text
    if len(address) > 254 or len(address.partition("@")[0]) > 64 or not _ADDRESS.match(address):
        return None
    return address.lower()


def check(values: Any, body: bytes, *, in_batch: bool = False, refuses_reserved: bool = False) -> Mail:
    """Raises Refusal."""
    if not isinstance(values, dict):
        raise Refusal("validation_error", "The request body must be a JSON object.")
    _check_names(values, in_batch)
    values = {name: value for name, value in values.items() if value is not None}
    for name in TEXT_FIELDS:
        if not isinstance(values.get(name, ""), str):
            raise Refusal("validation_error", f"Invalid `{name}` field. It must be a string.")
    for name in ("from", "to", "subject"):
        if values.get(name, "") in ("", []):
            raise Refusal("missing_required_field", f"Missing `{name}` field.")
    if "html" not in values and "text" not in values:
        raise Refusal("missing_required_field", "Missing `html` or `text` field.")
    sender = bare_address(values["from"])
    if sender is None:
        raise Refusal("invalid_from_address")
    if re.search(r"[\r\n]", values["subject"]):
        raise Refusal("validation_error", "The `\\n` is not allowed in the `subject` field.")
    lists = {name: _addresses(values, name, refuses_reserved) for name in ADDRESS_FIELDS}
    _check_headers(values.get("headers", {}))
    _check_tags(values.get("tags", []))
    _check_attachments(values.get("attachments", []))
    return Mail(body, values, sender, lists["to"], lists["cc"], lists["bcc"])


def check_batch(values: Any, *, refuses_reserved: bool = False) -> list[Mail]:
    """One to a hundred mails; one wrong mail refuses all. Raises Refusal."""
    if not isinstance(values, list) or not 1 <= len(values) <= 100:
        raise Refusal("validation_error", "The request body must be an array of 1 to 100 emails.")
    return [check(each, json.dumps(each, ensure_ascii=False).encode(), in_batch=True,
                  refuses_reserved=refuses_reserved) for each in values]


def _check_names(values: dict[str, Any], in_batch: bool) -> None:
    unknown = sorted(set(values) - KNOWN)
    if unknown:
        raise Refusal("validation_error", f"Unrecognized key(s) in object: {', '.join(unknown)}")
    for name in UNSUPPORTED + (("attachments",) if in_batch else ()):
        if values.get(name) is not None:
            raise Refusal("validation_error", f"The `{name}` field is not supported here.")


def _addresses(values: dict[str, Any], name: str, refuses_reserved: bool) -> list[str]:
    given = values.get(name, [])
    addresses = [given] if isinstance(given, str) else given
    if not isinstance(addresses, list) or len(addresses) > RECIPIENTS:
        raise Refusal("validation_error", f"Invalid `{name}` field. It must be up to {RECIPIENTS} email addresses.")
    for address in addresses:
        bare = bare_address(address) if isinstance(address, str) else None
        if bare is None:
            raise Refusal(
                "validation_error", f"Invalid `{name}` field. The email address needs to follow the "
                "`email@example.com` or `Name <email@example.com>` format.")
        if refuses_reserved and name != "reply_to" and bare.rpartition("@")[2] in RESERVED_DOMAINS:
            raise Refusal(
                "validation_error", f"Invalid `{name}` field. Please use our testing email address instead of domains "
                "like `example.com`.")
    return addresses


def _check_headers(headers: Any) -> None:
    fits = isinstance(headers, dict) and all(
        _HEADER_NAME.match(name) and isinstance(value, str) and not re.search(r"[\r\n\0]", value)
        for name, value in headers.items())
    if not fits:
        raise Refusal("validation_error", "Invalid `headers` field. It must be an object of names and texts.")


def _check_tags(tags: Any) -> None:
    if not isinstance(tags, list):
        raise Refusal("validation_error", "Invalid `tags` field. It must be an array.")
    for tag in tags:
        if not isinstance(tag, dict) or set(tag) != {"name", "value"}:
            raise Refusal("validation_error", "Invalid `tags` field. A tag has a `name` and a `value`.")
        if not all(isinstance(each, str) and _TAG.match(each) for each in tag.values()):
            raise Refusal(
                "validation_error", "Tags should only contain ASCII letters, numbers, underscores, or dashes.")


def _check_attachments(attachments: Any) -> None:
    if not isinstance(attachments, list):
        raise Refusal("validation_error", "Invalid `attachments` field. It must be an array.")
    for each in attachments:
        if not isinstance(each, dict) or not set(each) <= ATTACHMENT_FIELDS:
            raise Refusal("validation_error", "Invalid `attachments` field.")
        if not each.get("content") and not each.get("path"):
            raise Refusal("invalid_attachment")
