"""Resend's errors: names, statuses and texts (resend.com/docs/api-reference/errors).

Some names stand only in older versions of that page and in the official clients; they are kept, since both may come.
"""

from typing import Any

from ..web import Answer, json_answer

# name -> status and usual text; the first name of a status is what a bare status means.
ERRORS: dict[str, tuple[int, str]] = {
    "validation_error": (422, "An error was found with one or more fields in the request."),
    "invalid_idempotency_key": (400, "Idempotency keys, if present, must have between 1 and 256 characters."),
    "missing_api_key": (401, "Missing API key in the authorization header."),
    "restricted_api_key": (401, "This API key is restricted to only send emails."),
    "invalid_api_key": (403, "API key is invalid."),
    "suspended_api_key": (403, "This API key is suspended."),
    "invalid_permission": (403, "Access token is missing required scopes."),
    "not_found": (404, "The requested endpoint does not exist."),
    "method_not_allowed": (405, "Method is not allowed for the requested path."),
    "concurrent_idempotent_requests": (
        409, "There is another request in progress with the same idempotency key."),
    "invalid_idempotent_request": (
        409, "This idempotency key has been used with this HTTP method and endpoint within the last 24 hours, but the "
        "request body was modified and doesn't match the original request."),
    "resource_locked": (409, "Another request is already updating this resource."),
    "invalid_attachment": (422, "Attachment must have either a `content` or `path`."),
    "invalid_from_address": (
        422, "Invalid `from` field. The email address needs to follow the `email@example.com` or "
        "`Name <email@example.com>` format."),
    "invalid_parameter": (422, "The parameter must be a valid UUID."),
    "missing_required_field": (422, "The request body is missing one or more required fields."),
    "missing_required_parameter": (422, "The request is missing one or more required parameters."),
    "rate_limit_exceeded": (
        429, "Too many requests. Please limit the number of requests per second. Or contact support to increase rate "
        "limit."),
    "daily_quota_exceeded": (429, "You have exceeded your daily email sending quota."),
    "monthly_quota_exceeded": (429, "You have exceeded your monthly email sending quota."),
    "application_error": (500, "An unexpected error occurred."),
    "internal_server_error": (500, "An unexpected error occurred."),
    "service_unavailable": (503, "API is temporarily unavailable."),
}


class Refusal(Exception):
    """A request that is answered with an error."""

    def __init__(self, name: str, message: str | None = None, status: int | None = None,
                 headers: dict[str, str] | None = None) -> None:
        usual_status, usual_message = ERRORS[name]
        self.name = name
        self.status = status or usual_status
        self.message = message or usual_message
        self.headers = headers or {}
        super().__init__(f"{self.status} {name}: {self.message}")

    def body(self) -> dict[str, Any]:
        return {"statusCode": self.status, "name": self.name, "message": self.message}

    def answer(self) -> Answer:
        return json_answer(self.body(), self.status, self.headers)


def usual_body(status: int) -> dict[str, Any]:
    """The body that Resend sends with a status, for injected faults."""
    if status == 400:
        return Refusal("validation_error", status=400).body()
    for name, (known, _) in ERRORS.items():
        if known == status:
            return Refusal(name).body()
    return Refusal("application_error", status=status).body()
