"""Billing periods: months keep the day of their anchor as Stripe does (31 January, 28 February, 31 March)."""

import calendar
from datetime import datetime, timezone

DAY = 86_400
HOUR = 3_600


def after(anchor: int, interval: str, count: int, moment: int) -> int:
    """The first end of a period of `anchor` that is later than `moment`."""
    if interval in ("day", "week"):
        length = count * DAY * (7 if interval == "week" else 1)
        return anchor + (max(0, moment - anchor) // length + 1) * length
    months = count * (12 if interval == "year" else 1)
    steps = max(1, (_month_of(moment) - _month_of(anchor)) // months)
    while (end := _moved(anchor, steps * months)) <= moment:
        steps += 1
    return end


def _month_of(moment: int) -> int:
    date = datetime.fromtimestamp(moment, timezone.utc)
    return date.year * 12 + date.month


def _moved(anchor: int, months: int) -> int:
    date = datetime.fromtimestamp(anchor, timezone.utc)
    number = date.year * 12 + date.month - 1 + months
    year, month = number // 12, number % 12 + 1
    day = min(date.day, calendar.monthrange(year, month)[1])
    return int(date.replace(year=year, month=month, day=day).timestamp())


def day(moment: int) -> str:
    """As invoices say it."""
    date = datetime.fromtimestamp(moment, timezone.utc)
    return f"{date.day} {calendar.month_abbr[date.month]} {date.year}"
