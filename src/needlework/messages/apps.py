"""Messages: the outbox, its channels and its log."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The room of messages; Django's own `messages` keeps its short label."""

    name = "needlework.messages"
    label = "outbox"

    def ready(self) -> None:
        """Register sending as a kind of work, the log's guards, and the check of the channels' settings."""
        from needlework.audit.append_only import append_only
        from needlework.messages import checks, sending
        from needlework.messages.operations import KIND_OF_WORK
        from needlework.web import guards
        from needlework.work import kinds

        kinds.register(KIND_OF_WORK, sending.deliver, parked=sending.give_up)
        guards.register(append_only("outbox_attempt"))
        guards.register(append_only("outbox_answer"))
        checks.register()
