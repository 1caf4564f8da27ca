"""Why a change was not made, in the reader's words."""


class NotDoneError(Exception):
    """The operation changed nothing; the message says why and what to do."""


class StaleError(NotDoneError):
    """Somebody else changed the record first."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Somebody changed {what} since you opened this page. Check it and enter your change again.")
