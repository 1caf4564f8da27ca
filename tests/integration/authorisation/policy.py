"""Who is let in where: one row per address of the product. An address without a row fails the matrix."""

from uuid import UUID

from needlework.accounts.models import Role
from tests.integration.authorisation import diary
from tests.integration.authorisation.cast import HALF_SIGNED_IN, LOCKED
from tests.integration.authorisation.crawl import CROSSED
from tests.integration.authorisation.rules import (
    Row,
    all_staff,
    anyone,
    either,
    named,
    nobody,
    owner,
    patients_own,
    roles,
    roles_anywhere,
)
from tests.integration.authorisation.world import CARERS, LEAD, ROLES, WITH_PATIENTS

OUTBOX = (Role.LEAD, Role.FRONT_DESK)
FORM = ("GET", "POST")
SEND = ("POST",)
SHOWN_OR_SENT = (200, 302, 422)
NEW = str(UUID("7b0c2c5e-0000-4000-8000-000000000001"))
present = either(all_staff, named(LOCKED))
"""Whoever has signed in at this browser, even if the page is locked now."""
setting_up = either(all_staff, named(HALF_SIGNED_IN))
"""Whoever may add a second factor."""


def own(name: str) -> Row:
    """A form about something that is one's own."""
    return Row(owner(name), SEND, (302,))


def led(methods: tuple[str, ...] = FORM, **row: object) -> Row:
    """A form for the leads of a clinic, whose other staff know that the thing exists."""
    return Row(roles(*LEAD), methods, SHOWN_OR_SENT, knows=roles(*ROLES), **row)


def both_records(person, place):
    """Say who may put two records together: a lead of each one's clinic."""
    return person.role in LEAD and ({place} <= person.places or (place == CROSSED and len(person.places) > 1))


ENTERING = {
    "livez": Row(anyone),
    "readyz": Row(anyone, answers=(200, 503)),
    "brand": Row(anyone),
    "logo": Row(nobody),
    "components": Row(anyone),
    "home": Row(anyone, answers=(200, 302)),
    "setup": Row(nobody, FORM),
    "sign-in": Row(anyone, FORM, SHOWN_OR_SENT),
    "forgotten-password": Row(anyone, FORM, SHOWN_OR_SENT),
    "link-sent": Row(anyone),
    "signed-out": Row(anyone),
    "set-password": Row(anyone, FORM, (410,)),
    "second-factor": Row(named(HALF_SIGNED_IN), FORM, SHOWN_OR_SENT),
    "recovery-code": Row(named(HALF_SIGNED_IN), FORM, SHOWN_OR_SENT),
    "prove-passkey": Row(named(HALF_SIGNED_IN), SEND, (302, 400, 422)),
    "prove-passkey-options": Row(named(HALF_SIGNED_IN), SEND, (200,)),
    "set-up-second-factor": Row(setting_up),
    "start-app": Row(setting_up, SEND, (302,)),
    "set-up-app": Row(setting_up, FORM, SHOWN_OR_SENT),
    "set-up-passkey": Row(setting_up, SEND, (302, 400, 422)),
    "set-up-passkey-options": Row(setting_up, SEND, (200,)),
    "unlock": Row(present, FORM, SHOWN_OR_SENT),
    "unlock-passkey": Row(present, SEND, (302, 400, 422)),
    "unlock-passkey-options": Row(present, SEND, (200,)),
    "sign-out": Row(present, SEND, (302,)),
    "stay": Row(all_staff, answers=(204,)),
}
OWN_ACCOUNT = {
    "account": Row(all_staff),
    "change-password": Row(all_staff, FORM, SHOWN_OR_SENT),
    "recovery-codes": Row(all_staff, FORM),
    "remove-app": Row(all_staff, SEND, (302,)),
    "remove-passkey": own("practitioner"),
    "end-other-sign-ins": Row(all_staff, SEND, (302,)),
    "end-sign-in": own("practitioner"),
}
STAFF_AND_CLINICS = {
    "staff": Row(roles(*ROLES)),
    "add-staff": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "staff-member": Row(roles(*ROLES)),
    "change-staff": led(),
    "add-role": led(),
    "end-role": led(SEND),
    "add-document": led(),
    "withdraw-document": led(),
    "invite-staff": led(SEND),
    "reset-second-factor": led(),
    "end-account": led(),
    "clinics": Row(roles(*ROLES)),
    "add-clinic": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "clinic": Row(roles(*ROLES)),
    "change-clinic": led(),
    "add-licence": led(),
    "withdraw-licence": led(),
    "settings": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "set-logo": Row(roles(*LEAD), SEND, (302, 422)),
    "remove-logo": Row(roles(*LEAD), SEND, (302,)),
}
MANY = {
    "today": Row(all_staff),
    "outbox": Row(roles(*OUTBOX)),
    "outbox-message": Row(roles(*OUTBOX)),
    "outbox-send-again": Row(roles(*OUTBOX), SEND, (302,)),
    "outbox-set-aside": Row(roles(*OUTBOX), SEND, (302,)),
    "access-log": Row(roles(Role.LEAD, Role.AUDITOR), filters=("", "?person=&before=99999999")),
    "patient-copy": Row(roles(*LEAD), FORM),
    "patient-erase": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
}
PATIENTS = {
    "patients": Row(roles(*WITH_PATIENTS), filters=("", "?q=Canary", "?q=other", "?q=01/01/1990")),
    "patient-new": Row(roles(*WITH_PATIENTS), FORM, SHOWN_OR_SENT),
    "patients-import": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "patients-import-file": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "patients-export": Row(roles(*LEAD)),
    "patient": Row(roles(*WITH_PATIENTS)),
    "patient-edit": Row(roles(*WITH_PATIENTS), FORM, SHOWN_OR_SENT),
    "patient-history": Row(roles(*WITH_PATIENTS)),
    "patient-contact": Row(roles(*WITH_PATIENTS), FORM, SHOWN_OR_SENT),
    "patient-facts": Row(roles(*WITH_PATIENTS)),
    "fact-new": Row(
        roles(*CARERS), FORM, SHOWN_OR_SENT, knows=roles(*WITH_PATIENTS), send={"id": NEW, "text": "Latex"}
    ),
    "fact-end": Row(roles(*CARERS), FORM, SHOWN_OR_SENT, knows=roles(*WITH_PATIENTS)),
    "fact-error": Row(roles(*CARERS), FORM, SHOWN_OR_SENT, knows=roles(*WITH_PATIENTS)),
    "patient-merge": Row(roles(*LEAD), filters=("", "?q=Canary")),
    "patient-merge-with": Row(both_records, FORM, SHOWN_OR_SENT),
    "merge-undo": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "patient-access": Row(roles(*LEAD), FORM, SHOWN_OR_SENT),
    "grant-end": Row(roles(*LEAD), SEND, (302,)),
    "break-glass": Row(roles_anywhere(*CARERS), FORM, SHOWN_OR_SENT),
    "break-glass-reason": Row(roles_anywhere(*CARERS), SEND, SHOWN_OR_SENT),
    "break-glass-list": Row(roles(*LEAD)),
    "break-glass-seen": Row(roles(*LEAD), SEND, (302,)),
}
PATIENTS_OWN = {
    "me": Row(patients_own),
    "me-sign-in": Row(anyone, FORM, SHOWN_OR_SENT),
    "me-link": Row(anyone, FORM, (410,)),
    "me-sign-out": Row(anyone, SEND, (302,)),
    "me-contact": Row(patients_own, FORM, SHOWN_OR_SENT),
    "me-opened": Row(patients_own),
}
POLICY = ENTERING | OWN_ACCOUNT | STAFF_AND_CLINICS | MANY | PATIENTS | PATIENTS_OWN | diary.ROWS
