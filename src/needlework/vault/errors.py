"""What goes wrong in the vault; each message is a sentence that says what to do."""


class VaultError(Exception):
    """Something encrypted cannot be opened, or nothing can be encrypted."""


class KeyFileError(VaultError):
    """The key file is missing, damaged, in the way, or not the one that belongs to this database."""


class UnreadableValueError(VaultError):
    """An encrypted value was changed, or stands in another place than the one it was encrypted for."""


class MissingFileError(VaultError):
    """A file that a record names is not in the store."""


class UnreadableBackupError(VaultError):
    """A file is no backup, a damaged one, or one that another key or version is needed for."""
