"""Why nothing was booked, moved or changed, in the reader's words."""


class NotDoneError(Exception):
    """The operation changed nothing; the message says why and what to do."""


class StaleError(NotDoneError):
    """Somebody else changed it first."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Somebody changed {what} since you opened this page. Look at it again before you go on.")


class NotOfferedError(NotDoneError):
    """The time asked for is not one that can be booked; the message says what is wrong with this very time."""


class TakenError(NotOfferedError):
    """Somebody else was faster."""

    def __init__(self, message: str = "Somebody else has just taken this time. Choose another one.") -> None:
        super().__init__(message)
