"""Why nothing was paid, charged or refunded, in the reader's words."""


class NotDoneError(Exception):
    """The operation changed nothing; the message says why and what to do."""
