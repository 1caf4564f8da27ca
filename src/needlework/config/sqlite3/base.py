"""Django's SQLite backend on the bundled engine, with writers that queue fairly.

The bundled engine replaces the interpreter's own `sqlite3` before Django's backend first imports it: the system's
copy may carry the WAL-reset corruption bug (fixed in 3.51.3).
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection."""
