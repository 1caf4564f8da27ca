"""The fixtures that other tests stand on."""

import subprocess
import sys
import threading

import psycopg
from django.db import connection, connections

from needlework.accounts.models import Organisation
from tests.factories import accounts
from tests.homes import environment


def test_what_a_real_home_commits_another_thread_and_another_process_see(real_home):
    accounts.organisation()
    seen = []

    def look():
        seen.append(Organisation.objects.get().name)
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    code = (
        "import django; django.setup();"
        "from needlework.accounts.models import Organisation; print(Organisation.objects.get().name)"
    )
    command = [sys.executable, "-c", code]
    other = subprocess.run(command, env=environment(real_home), capture_output=True, text=True, check=True)
    assert (seen, other.stdout.strip()) == (["Linthorpe Skin"], "Linthorpe Skin")


def test_a_real_home_starts_empty(real_home):
    assert not Organisation.objects.exists()


def test_an_ordinary_test_leaves_nothing_behind(db):
    assert not Organisation.objects.exists()
    accounts.organisation()


def test_a_postgres_database_is_there_whatever_the_suite_runs_on(postgres_url):
    with psycopg.connect(postgres_url) as own:
        tables = own.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_the_engine_is_the_bundled_one(db):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (journal,) = cursor.execute("PRAGMA journal_mode").fetchone()
        assert journal == "wal"
