"""The ways out of the house: e-mail, SMS, and the outbox alone where nothing is set up."""

from needlework.messages.channels.base import Channel, NotSentError, Parcel, Reply
from needlework.messages.channels.setup import configured, problems

__all__ = ["Channel", "NotSentError", "Parcel", "Reply", "configured", "problems"]
