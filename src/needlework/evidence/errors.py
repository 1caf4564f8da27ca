"""How the core says that something it was given is wrong."""


class DataError(ValueError):
    """A data file that came with the product, or a clinic's own layer over it, is refused."""

    def __init__(self, file: str, key: str, sentence: str) -> None:
        """Keep where it is and what to do about it."""
        super().__init__(f"{file}: {key}: {sentence}")
        self.file, self.key, self.sentence = file, key, sentence


class InputError(ValueError):
    """What somebody sent is wrong; the same sentence is shown in page, API and terminal."""

    def __init__(self, field: str, sentence: str) -> None:
        """Keep the field (`treatment.zones[0]`) and the sentence that says what to do next."""
        super().__init__(f"{field}: {sentence}" if field else sentence)
        self.field, self.sentence = field, sentence
