"""How a command says that what it was given is wrong."""


class BadInputError(Exception):
    """The input is wrong and nothing was changed; the message is one line that says what to do about it."""
