"""Homes to measure on: the demo clinic in a passing folder, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests import postgres

DATABASES = ("SQLite", "PostgreSQL")
Environment = dict[str, str]


@contextmanager
def home(database: str) -> Iterator[Environment]:
    """Build the demo clinic and yield the environment in which any process shares it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="needlework-bench-")))
        environment = os.environ | {
            "NEEDLEWORK_HOME": str(folder / "home"),
            "NEEDLEWORK_KEY_FILE": str(folder / "home.key"),
            "DJANGO_SETTINGS_MODULE": "needlework.config.settings",
            "DATABASE_URL": "",
        }
        if database == "PostgreSQL":
            url = stack.enter_context(postgres.server())
            environment["DATABASE_URL"] = stack.enter_context(postgres.database(url))
        (folder / "home").mkdir(mode=0o700)
        python(["-m", "needlework.front.demo", str(datetime.now(UTC).date())], environment | {"NEEDLEWORK_DEMO": "1"})
        yield environment


def python(arguments: list[str], environment: Environment) -> str:
    """Run Python in a home, and return what it prints."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


COOKIES = """
import django, json; django.setup()
from needlework.accounts.models import Role, User
from tests.signing_in import cookies_for
lead = User.objects.filter(memberships__role=Role.LEAD, ended_at=None).order_by("email").first()
print(json.dumps(cookies_for(lead)))
"""

QUERIES = """
import django, json, logging, sys; django.setup(); logging.disable()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
for path in sys.argv[2:]:
    client = Client(HTTP_HOST="localhost")
    client.cookies.load({} if path == "/sign-in/" else json.loads(sys.argv[1]))
    answers = [client.get(path).status_code for _ in range(2)]
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    print(json.dumps({"path": path, "status": answers[-1], "queries": len(seen)}))
"""


def cookies(environment: Environment) -> dict[str, str]:
    """Return the cookies of a lead who has signed in."""
    return json.loads(python(["-c", COOKIES], environment))


def queries(environment: Environment, sent: dict[str, str], paths: list[str]) -> dict[str, tuple[int, int]]:
    """Return each page's status and its number of queries, warm."""
    lines = python(["-c", QUERIES, json.dumps(sent), *paths], environment).splitlines()
    counted = [json.loads(line) for line in lines]
    return {one["path"]: (one["status"], one["queries"]) for one in counted}
