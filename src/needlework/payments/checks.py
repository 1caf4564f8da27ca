"""The start-up check of the payment provider's settings."""

from typing import Any

from django.core import checks

from needlework.payments.hosted.setup import problems


def register() -> None:
    """Have Django check the provider's settings with everything else it checks."""
    checks.register(provider_can_be_used)


def provider_can_be_used(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start with a provider that cannot be asked, or would be asked in the clear."""
    return [checks.Error(sentence, id=f"payments.E{number:03}") for number, sentence in enumerate(problems(), 1)]
