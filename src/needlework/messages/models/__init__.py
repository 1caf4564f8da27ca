"""The outbox and the log of what left it."""

from needlework.messages.models.attempt import Answer, Attempt, Outcome
from needlework.messages.models.message import Message, Reason, State

__all__ = ["Answer", "Attempt", "Message", "Outcome", "Reason", "State"]
