"""Money as the clinic writes it."""

from typing import Any

from django import template

from needlework.web import money

register = template.Library()


@register.filter
def pounds(pence: Any) -> str:
    """Write an amount of pence: £45.00; nothing for what is none."""
    return money.pounds(pence) if isinstance(pence, int) else ""
