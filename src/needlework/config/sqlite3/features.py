"""What the engine must be able to do."""

from django.db.backends.sqlite3 import features


class DatabaseFeatures(features.DatabaseFeatures):
    """Older engines may corrupt a database in WAL mode that two connections use: Django refuses them."""

    minimum_database_version = (3, 51, 3)
