"""Stripe's errors: `{"error": {type, code, message, param, decline_code, …}}`."""

from typing import Any

DOCUMENTATION = "https://stripe.com/docs/error-codes/"


class StripeError(Exception):
    def __init__(self, status: int, type: str, message: str, *, code: str | None = None, param: str | None = None,
                 headers: dict[str, str] | None = None, unstored: bool = False, **more: Any) -> None:
        super().__init__(message)
        self.status, self.type, self.message, self.code, self.param = status, type, message, code, param
        self.headers = headers or {}
        self.unstored = unstored
        """The endpoint has not begun to work: an idempotency key does not keep this answer."""
        self.more = more

    def body(self, request_id: str) -> dict:
        error: dict[str, Any] = {}
        if self.code is not None:
            error["code"] = self.code
            error["doc_url"] = DOCUMENTATION + self.code.replace("_", "-")
        error |= {name: value for name, value in self.more.items() if value is not None}
        error["message"] = self.message
        if self.param is not None:
            error["param"] = self.param
        error["request_log_url"] = f"https://dashboard.stripe.com/test/logs/{request_id}"
        error["type"] = self.type
        return {"error": error}


def invalid(message: str, *, param: str | None = None, code: str | None = None, status: int = 400) -> StripeError:
    """The endpoint refuses what it was asked."""
    return StripeError(status, "invalid_request_error", message, code=code, param=param)


def bad_parameter(message: str, *, param: str | None = None, code: str | None = None) -> StripeError:
    """The parameters fail before the endpoint begins."""
    return StripeError(400, "invalid_request_error", message, code=code, param=param, unstored=True)


def unknown_parameter(name: str) -> StripeError:
    return bad_parameter(f"Received unknown parameter: {name}", param=name, code="parameter_unknown")


def missing_parameter(name: str) -> StripeError:
    return bad_parameter(f"Missing required param: {name}.", param=name, code="parameter_missing")


def no_such(what: str, id: str, param: str = "id") -> StripeError:
    """404 for the object in the path, 400 for one that a parameter names."""
    status = 404 if param == "id" else 400
    return invalid(f"No such {what}: '{id}'", param=param, code="resource_missing", status=status)


def card_error(code: str, message: str, *, decline_code: str | None = None, **more: Any) -> StripeError:
    return StripeError(402, "card_error", message, code=code, decline_code=decline_code, **more)


def usual_body(status: int) -> dict:
    """What Stripe says with a status that a fault has chosen."""
    if status == 429:
        error = {"code": "rate_limit", "message": "Request rate limit exceeded. Learn more about rate limits here "
                 "https://stripe.com/docs/rate-limits.", "type": "invalid_request_error"}
    elif status == 409:
        error = {"code": "lock_timeout", "message": "This object cannot be accessed right now because another API "
                 "request or Stripe process is currently accessing it.", "type": "invalid_request_error"}
    elif status == 401:
        error = {"message": "Invalid API Key provided.", "type": "invalid_request_error"}
    elif status == 402:
        error = {"code": "card_declined", "decline_code": "generic_decline", "message": "Your card was declined.",
                 "type": "card_error"}
    elif status < 500:
        error = {"message": "The request was refused.", "type": "invalid_request_error"}
    else:
        error = {"message": "Sorry! There was an error while talking to our backend. Please try again.",
                 "type": "api_error"}
    return {"error": error}
