"""A strict, stateful stand-in of Stripe. `StripeFake` in tests, `python3 -m fakes.stripe` as a program."""

from .errors import StripeError
from .fake import StripeFake
from .settings import API_VERSION, Settings

__all__ = ["API_VERSION", "Settings", "StripeError", "StripeFake"]
