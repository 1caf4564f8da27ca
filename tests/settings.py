"""The product's settings in a home of the test run's own: a passing folder and key, the real engine on a file."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(tempfile.mkdtemp(prefix="needlework-tests-"))
atexit.register(shutil.rmtree, ROOT, ignore_errors=True)
(ROOT / "home").mkdir(mode=0o700)
os.environ["NEEDLEWORK_HOME"] = str(ROOT / "home")
os.environ["NEEDLEWORK_KEY_FILE"] = str(ROOT / "home.key")
os.environ["XDG_RUNTIME_DIR"] = str(ROOT)
os.environ.pop("NEEDLEWORK_DEMO", None)

from django.contrib.auth.hashers import Argon2PasswordHasher

from needlework.vault import keys

keys.create(ROOT / "home.key")

from needlework.config.settings import *

# Every sign-in of a test hashes a password; what it costs in truth is asserted where passwords are tested.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 64
Argon2PasswordHasher.parallelism = 1

# In memory there is neither WAL nor a queue of writers: tests run on a file, as clinics do.
if HOME.database_url is None:
    DATABASES["default"]["TEST"] = {"NAME": str(ROOT / "test.sqlite3")}

INSTALLED_APPS += ["tests.notes"]
