"""What an operator sets in Stripe's dashboard, and what tests set to be quick."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar

API_VERSION = "2026-10-28.endive"

USUAL_EVENTS = [
    "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed", "customer.updated", "customer.deleted",
    "customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted",
    "customer.subscription.paused", "customer.subscription.resumed", "customer.subscription.trial_will_end",
    "invoice.paid", "invoice.payment_failed", "invoice.payment_action_required", "invoice.finalized",
    "invoice.upcoming", "invoice.voided", "invoice.marked_uncollectible", "charge.refunded",
    "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
    "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
]


@dataclass
class Settings:
    enabled_events: list[str] = field(default_factory=lambda: list(USUAL_EVENTS))
    """Types that the webhook endpoint gets; "*" for all. All types are in the list of events."""
    dunning_end: str = "cancel"
    """What becomes of a subscription after the last retry: cancel, unpaid or past_due."""
    retry_days: list[float] = field(default_factory=lambda: [3, 5, 7])
    """Pauses between the tries to collect."""
    finalize_after: int = 3600
    """Seconds that a renewal's invoice stays a draft."""
    upcoming_days: float = 7
    """How long before a renewal `invoice.upcoming` is sent."""
    trial_will_end_days: float = 3
    incomplete_hours: float = 23
    rate_limit: int | None = 100
    """Requests a second; None: no limit."""
    portal_cancels_by: str = "cancel_at"
    """How the portal ends a subscription: cancel_at (as flexible billing does) or cancel_at_period_end."""
    events_kept_days: float = 30
    silent: bool = False
    """Changes make no events: drift."""

    CHOICES: ClassVar[dict[str, tuple[str, ...]]] = {"dunning_end": ("cancel", "unpaid", "past_due"),
        "portal_cancels_by": ("cancel_at", "cancel_at_period_end")}

    def change(self, values: dict[str, Any]) -> None:
        """Raises ValueError for what there is not."""
        known = {each.name for each in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"there is no setting {name}")
            if name in self.CHOICES and value not in self.CHOICES[name]:
                raise ValueError(f"{name} is one of {', '.join(self.CHOICES[name])}")
        for name, value in values.items():
            setattr(self, name, value)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
