"""Days and times as the clinic writes them."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def local(value: date | datetime) -> date | datetime:
    """Return a moment in the clinic's time; a plain day stays as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day in full: Sunday 22 November 2026."""
    return formatted(local(value), "l j F Y") if value else ""


@register.filter
def long_date(value: date | datetime | None) -> str:
    """Write a day without its weekday: 22 November 2026."""
    return formatted(local(value), "j F Y") if value else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """Write a day short: 22 Nov 2026."""
    return formatted(local(value), "j M Y") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Write a time of day: 14:05."""
    return formatted(local(value), "H:i") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment, readable by machines too: 22 Nov 2026, 14:05."""
    if not value:
        return ""
    there = local(value)
    return format_html('<time datetime="{}">{}</time>', there.isoformat(), formatted(there, "j M Y, H:i"))


@register.simple_tag
def ago(value: datetime, now: datetime) -> SafeString:
    """Write a past moment with how long ago it was: 22 Nov 2026, 14:05 (12 minutes ago)."""
    return format_html("{} ({})", moment(value), distance(now - value))


def distance(passed: timedelta) -> str:
    """Say how long ago something was, in its largest whole unit."""
    for unit, word in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if count := passed // unit:
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return "just now"
