"""Telephone numbers as people read them."""

from django import template

register = template.Library()


@register.filter
def telephone(number: str) -> str:
    """Write a British number as it is dialled (07700 900123), others with their country (+353 87 123 4567)."""
    if not number:
        return ""
    import phonenumbers  # its metadata is large: only pages with a telephone number load it

    parsed = phonenumbers.parse(number, None)
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, shape.NATIONAL if parsed.country_code == 44 else shape.INTERNATIONAL)
