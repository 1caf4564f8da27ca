"""The tables of this room, which no migration makes: a home has them when a test asks for them."""

from django.db import connection

from tests.notes.models import Note, Withdrawal


def make() -> None:
    for model in (Note, Withdrawal):
        editor = connection.schema_editor()
        editor.deferred_sql = []  # which entering the editor would set, and would refuse inside a transaction on SQLite
        sql, values = editor.table_sql(model)
        with connection.cursor() as cursor:
            cursor.execute(sql, values or None)
