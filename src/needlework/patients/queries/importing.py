"""What a file of patients would do, before anything is written."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.patients.details import Details
from needlework.patients.folding import full_name
from needlework.patients.importing.decoding import table
from needlework.patients.importing.headings import COLUMNS
from needlework.patients.importing.rows import Problem, checked, identity
from needlework.patients.models import ImportedFile, Patient
from needlework.patients.queries.people import patients_for

OTHER = "Another patient of this clinic has this number. Check the number"


@dataclass(frozen=True)
class Report:
    """What a file would do to a clinic's patients."""

    new: list[tuple[int, Details]]
    here: list[int]
    problems: list[Problem]
    left_out: list[str]
    encoding: str

    @property
    def bad_rows(self) -> int:
        """How many rows need a correction."""
        return len({problem.row for problem in self.problems})


def report(clinic_id: UUID, text: str, encoding: str) -> Report:
    """Check a file against itself and against the patients that a clinic has."""
    found = checked(table(text, encoding))
    known = Patient.objects.filter(clinic=clinic_id)
    columns = ("given_names", "family_name", "date_of_birth", "external_number")
    people = {_person(given, family, born): number for given, family, born, number in known.values_list(*columns)}
    numbers = {number: person for person, number in people.items() if number}
    new: list[tuple[int, Details]] = []
    here: list[int] = []
    problems: list[Problem] = []
    for row, details in found.patients:
        if details.external_number and numbers.get(details.external_number, identity(details)) != identity(details):
            problems.append(Problem(row, COLUMNS["external_number"], OTHER))
        elif identity(details) in people:
            here.append(row)
        else:
            new.append((row, details))
    return Report(new, here, sorted(found.problems + problems, key=lambda p: p.row), found.left_out, found.encoding)


def report_of(imported: ImportedFile) -> Report:
    """Check a kept file again, against the patients there are now."""
    return report(imported.clinic_id, imported.text, imported.encoding)


def file_for(user: User, file_id: UUID) -> ImportedFile:
    """Return one checked file of a clinic where somebody may import."""
    mine = ImportedFile.objects.filter(clinic__in=clinics_where(user, "import-patients"))
    imported = mine.select_related("clinic", "checked_by", "applied_by").filter(pk=file_id).first()
    if imported is None:
        raise Http404("There is no such file.")
    return imported


def clinics(user: User, capability: str) -> dict[str, str]:
    """Return the clinics where somebody holds a capability, as choices."""
    mine = Clinic.objects.filter(pk__in=clinics_where(user, capability)).order_by("name")
    return {str(clinic.pk): clinic.name for clinic in mine}


def clinic_for(clinic_id: str) -> Clinic:
    """Return a clinic that somebody chose; what they may do there, the operation asks."""
    return Clinic.objects.get(pk=clinic_id)


def exported(user: User) -> QuerySet[Patient]:
    """Return the patients that somebody may take out as a list."""
    mine = patients_for(user).filter(clinic__in=clinics_where(user, "export-patients"), merged_into=None)
    return mine.select_related("clinic").order_by("search", "id")


def export_clinics(user: User) -> list[Clinic]:
    """Return the clinics whose patients such a list holds."""
    return list(Clinic.objects.filter(pk__in=clinics_where(user, "export-patients")).order_by("name"))


def _person(given: str, family: str, born: object) -> tuple[str, object]:
    return " ".join(full_name(given, family)), born
