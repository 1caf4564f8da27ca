"""What the database itself refuses in the books: changing them, and taking back more than there was.

On PostgreSQL two refunds of one payment wait for each other on the payment's row, and the check may be put off to the
end of a transaction, as when a whole clinic is restored. SQLite has one writer at a time.
"""

from needlework.audit.append_only import append_only
from needlework.web import guards
from needlework.web.guards import Guard

TABLE = "payments_entry"
ABOUT = "An entry takes back what is no such entry, or more than there was"
WRONG = """
    SELECT 1 FROM payments_entry was WHERE was.id = NEW.of_id AND (
        was.reference <> NEW.reference
        OR was.kind <> CASE NEW.kind WHEN 'reversal' THEN 'charge' WHEN 'refund' THEN 'payment' ELSE 'refund' END
        OR (NEW.kind <> 'refund' AND was.amount_pence <> NEW.amount_pence)
        OR was.amount_pence < (
            SELECT COALESCE(SUM(back.amount_pence), 0) FROM payments_entry back
            WHERE back.of_id = was.id AND back.kind = NEW.kind
            AND NOT EXISTS (SELECT 1 FROM payments_entry failed WHERE failed.of_id = back.id)
        )
    )
"""
SQLITE = f"""
CREATE TRIGGER {TABLE}_within AFTER INSERT ON {TABLE} WHEN NEW.of_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{ABOUT}') WHERE EXISTS ({WRONG}); END;
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {TABLE}_within() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM 1 FROM {TABLE} WHERE id = NEW.of_id FOR NO KEY UPDATE;
    IF EXISTS ({WRONG}) THEN RAISE EXCEPTION '{ABOUT}' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER {TABLE}_within AFTER INSERT ON {TABLE} DEFERRABLE INITIALLY IMMEDIATE
FOR EACH ROW WHEN (NEW.of_id IS NOT NULL) EXECUTE FUNCTION {TABLE}_within();
"""


def register() -> None:
    """Have the guards made after every migration."""
    guards.register(append_only(TABLE))
    guards.register(Guard(name=f"{TABLE}_within", table=TABLE, sqlite=SQLITE, postgresql=POSTGRESQL))
