"""`import_patients FILE --clinic NAME --by E-MAIL [--apply]`: check a list of patients, and import it when told to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from needlework.accounts.decision import Refused
from needlework.accounts.models import Clinic, User
from needlework.patients import operations
from needlework.patients.models import ImportedFile
from needlework.patients.problems import NotDoneError
from needlework.patients.queries.importing import Report, report_of

WRONG_INPUT = 2


class Command(BaseCommand):
    """Check a list of patients; import it with --apply."""

    help = "Check a CSV file of patients row by row; with --apply, import all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the clinic that registers the patients, and the lead who answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--clinic", required=True, help="the clinic's name")
        parser.add_argument("--by", required=True, help="the e-mail address of the lead who answers for the import")
        parser.add_argument("--apply", action="store_true", help="import it, if no row needs a correction")

    def handle(self, *_: Any, file: Path, clinic: str, by: str, apply: bool, **__: Any) -> None:
        """Say what the file would do; do it when told to."""
        where, who, at = _clinic(clinic), _user(by), timezone.now()
        try:
            imported = operations.check_import(clinic=where, content=_content(file), by=who, at=at)
            if imported.applied_at:
                self.stdout.write(f"{file}: imported before, {imported.added} patients. Nothing was changed.")
                return
            self.tell(file, report_of(imported))
            if apply:
                self.apply(imported, who)
        except (NotDoneError, Refused) as problem:
            raise _wrong(f"{file}: {problem}") from problem

    def tell(self, file: Path, report: Report) -> None:
        """Print what the file would do; stop where rows need a correction."""
        for problem in report.problems:
            self.stderr.write(f"{file}: row {problem.row}, {problem.column}: {problem.sentence}")
        if report.problems:
            raise CommandError(
                f"{file}: {report.bad_rows} rows to correct. Nothing was changed.", returncode=WRONG_INPUT
            )
        self.stdout.write(
            f"{file}: {len(report.new)} new patients, {len(report.here)} already here, {report.encoding}."
        )

    def apply(self, imported: ImportedFile, who: User) -> None:
        """Import it."""
        imported = operations.apply_import(imported=imported, by=who, at=timezone.now())
        self.stdout.write(f"Imported: {imported.added} patients are added.")


def _clinic(name: str) -> Clinic:
    clinic = Clinic.objects.filter(name=name).first()
    if clinic is None:
        names = ", ".join(Clinic.objects.order_by("name").values_list("name", flat=True))
        raise _wrong(f"--clinic: there is no clinic {name!r}. There are: {names}.")
    return clinic


def _user(email: str) -> User:
    user = User.objects.filter(email=email, ended_at=None).first()
    if user is None:
        raise _wrong(f"--by: nobody signs in with {email!r}. Give a lead's address.")
    return user


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise _wrong(f"{file}: cannot be read ({fault.strerror}). Check the path.") from fault


def _wrong(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=WRONG_INPUT)
