"""What was entered and cannot be kept: a sentence for each field, the same on a page and in a terminal."""

from collections.abc import Mapping

from needlework.diary.problems import NotDoneError


class WrongError(NotDoneError):
    """What was entered cannot be kept; `faults` says field by field what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def refuse(faults: Mapping[str, str]) -> None:
    """Raise the sentences of the fields that are wrong; do nothing where all are empty."""
    wrong = {name: sentence for name, sentence in faults.items() if sentence}
    if wrong:
        raise WrongError(wrong)
