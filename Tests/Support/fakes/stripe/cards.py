"""Stripe's known test cards and what they do."""

from dataclasses import dataclass

from .errors import StripeError, card_error


@dataclass(frozen=True)
class Card:
    number: str
    brand: str = "visa"
    setup: str = "ok"
    """When it is attached: ok, challenge (3DS), or a decline."""
    present: str = "ok"
    """When it pays with its owner there."""
    absent: str = "ok"
    """When it pays by itself (renewals), after it was set up."""
    disputed: bool = False
    token: str | None = None
    says: str = ""

    @property
    def last4(self) -> str:
        return self.number[-4:]


DECLINES = {
    "generic_decline": ("card_declined", "Your card was declined."),
    "insufficient_funds": ("card_declined", "Your card has insufficient funds."),
    "lost_card": ("card_declined", "Your card was declined."),
    "expired_card": ("expired_card", "Your card has expired."),
    "incorrect_cvc": ("incorrect_cvc", "Your card's security code is incorrect."),
    "authentication_required": (
        "authentication_required", "Your card was declined. This transaction requires authentication."),
}


def _declined(number: str, decline: str, token: str) -> Card:
    return Card(number, setup=decline, present=decline, absent=decline, token=token, says=f"declined ({decline})")


CARDS = {card.number: card for card in (
    Card("4242424242424242", token="pm_card_visa", says="pays"),
    Card("5555555555554444", brand="mastercard", token="pm_card_mastercard", says="pays"),
    Card("4000002500003155", setup="challenge", present="challenge", token="pm_card_authenticationRequiredOnSetup",
         says="asks for 3D Secure once, then pays by itself"),
    Card("4000003800000446", present="challenge", token="pm_card_authenticationRequiredSetupForOffSession",
         says="asks for 3D Secure when its owner is there"),
    Card("4000002760003184", setup="challenge", present="challenge", absent="challenge",
         token="pm_card_authenticationRequired", says="asks for 3D Secure at every payment"),
    _declined("4000000000000002", "generic_decline", "pm_card_chargeDeclined"),
    _declined("4000000000009995", "insufficient_funds", "pm_card_chargeDeclinedInsufficientFunds"),
    _declined("4000000000009987", "lost_card", "pm_card_chargeDeclinedLostCard"),
    _declined("4000000000000069", "expired_card", "pm_card_chargeDeclinedExpiredCard"),
    _declined("4000000000000127", "incorrect_cvc", "pm_card_chargeDeclinedIncorrectCvc"),
    Card("4000000000000341", present="generic_decline", absent="generic_decline", token="pm_card_chargeCustomerFail",
         says="can be saved, but every payment fails"),
    Card("4000000000000259", disputed=True, token="pm_card_createDispute", says="pays, then disputes"),
)}
BY_TOKEN = {card.token: card for card in CARDS.values()} | {"tok_visa": CARDS["4242424242424242"]}


def card_of(number: str) -> Card:
    """Raises StripeError: real cards, and numbers that are none, have no place in a stand-in."""
    digits = "".join(each for each in number if each.isdigit())
    if digits in CARDS:
        return CARDS[digits]
    if 13 <= len(digits) <= 19 and _luhn(digits):
        raise card_error("card_declined", "Your card was declined. Your request was in test mode, but used a non test "
                         "card.", decline_code="test_mode_live_card")
    raise card_error("incorrect_number", "Your card number is incorrect.", param="number")


def decline(reason: str, **more: object) -> StripeError:
    code, message = DECLINES[reason]
    return card_error(code, message, decline_code=None if code == reason != "authentication_required" else reason,
                      **more)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
