"""Taking the person out of the books when their record is erased; the books themselves stay.

What was taken and when is what a business must be able to show: six years for a company (Finance Act 1998, Schedule
18, paragraph 21), five after the 31 January return for one person's business (Taxes Management Act 1970, section 12B),
six for VAT (Value Added Tax Act 1994, Schedule 11, paragraph 6). Article 17(3)(b) of the UK GDPR lets it stay for that.
Nothing in those asks for who was treated, so payer, typed reasons and who pressed the button go with the record.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction

from needlework.accounts.models import User
from needlework.payments.models import Checkout, Entry
from needlework.payments.queries import checkouts_of, entries_of
from needlework.web import guards


@transaction.atomic
def forget_payer(*, references: Collection[str], payers: Collection[UUID]) -> None:
    """Leave amounts, days, kinds and what was sold; take out whose they were, in the erasure's own transaction."""
    entries, checkouts = list(entries_of(references, payers)), list(checkouts_of(references, payers))
    with guards.lifted(connection, Entry._meta.db_table):
        for entry in entries:
            entry.payer, entry.reason = None, ""
            _forget(entry, entry.recorded_by_kind, "recorded_by_id", "payer", "reason")
    for checkout in checkouts:
        checkout.payer = None
        _forget(checkout, checkout.opened_by_kind, "opened_by_id", "payer")


def _forget(row: Entry | Checkout, acted: str, actor_id: str, *fields: str) -> None:
    if acted != User.audit_kind:
        setattr(row, actor_id, None)
    row.save(update_fields=[*fields, actor_id])
