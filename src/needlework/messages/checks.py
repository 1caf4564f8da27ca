"""The start-up check of the channels' settings."""

from typing import Any

from django.core import checks

from needlework.messages.channels import problems


def register() -> None:
    """Have Django check the channels' settings with everything else it checks."""
    checks.register(channels_can_be_used)


def channels_can_be_used(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start with a channel that can send nothing, or would send in the clear."""
    return [checks.Error(sentence, id=f"messages.E{number:03}") for number, sentence in enumerate(problems(), 1)]
