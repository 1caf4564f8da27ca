"""Lists of patients: checked row by row, imported as a whole, taken out without formulas."""

from datetime import date, timedelta

import pytest

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.patients import operations
from needlework.patients.importing.decoding import decoded
from needlework.patients.models import ImportedFile, Patient
from needlework.patients.problems import NotDoneError
from needlework.patients.queries.importing import file_for, report_of
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
HEAD = "Family name,Given names,Date of birth,Phone,E-mail\n"
GOOD = HEAD + "O'Brien,Siobhán,12/06/1988,07700 900123,siobhan@example.test\nNair,Priya,1991-03-04,,\n"


def check(content, clinic=None):
    content = content.encode() if isinstance(content, str) else content
    clinic = clinic or accounts.clinic()
    return operations.check_import(clinic=clinic, content=content, by=patients.lead(clinic), at=patients.AT)


def report(content):
    return report_of(check(content))


def apply(imported, at=patients.AT):
    return operations.apply_import(imported=imported, by=patients.lead(), at=at)


def names():
    return sorted(Patient.objects.values_list("given_names", "family_name"))


def test_a_good_file_is_imported_with_one_event_for_each_patient():
    done = apply(check(GOOD))
    assert done.added == 2
    assert names() == [("Priya", "Nair"), ("Siobhán", "O'Brien")]
    siobhan = Patient.objects.get(family_name="O'Brien")
    assert (siobhan.phone, siobhan.date_of_birth) == ("+447700900123", date(1988, 6, 12))
    assert siobhan.versions.get().details["email"] == "siobhan@example.test"
    assert Event.objects.filter(verb="patient-added").count() == 2
    assert Event.objects.filter(verb="patients-imported").count() == 1


def test_checking_adds_nobody():
    check(GOOD)
    assert names() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_recognised(encoding, delimiter):
    found = report(GOOD.replace(",", delimiter).encode(encoding))
    assert [details.given_names for _, details in found.new] == ["Siobhán", "Priya"]


@pytest.mark.parametrize(
    "content", [GOOD.encode("utf-16-le"), b"\xff\xfe\x00", b"Name,Born\n\x81\x8d,\n", b"PK\x03\x04\x00\x00"]
)
def test_other_encodings_are_refused_with_what_to_do(content):
    with pytest.raises(NotDoneError, match="Save it as “CSV UTF-8”"):
        check(content)
    assert not ImportedFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty"),
        ("\n\n", "The file is empty"),
        ("Family name,Phone\nFox,\n", "no heading “Date of birth”"),
        ("Phone\n1\n", "no heading “Family name” and “Given names” and none “Date of birth”"),
        (HEAD + '"Fox,Lena,1.1.1990\n', "a quotation mark is left open"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, sentence):
    with pytest.raises(NotDoneError, match=sentence):
        check(content)


def test_more_than_ten_megabytes_are_refused():
    with pytest.raises(NotDoneError, match="larger than 10 MB"):
        decoded(b"x" * (10 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    "heading",
    [
        "Surname,First Name,DOB",
        "LAST_NAME;Forename;Birth Date",
        "Client Name\tDate of Birth",
        "Full name,D.O.B.",
    ],
)
def test_headings_of_other_systems_are_understood(heading):
    row = "Fox,Lena,1/2/1990" if "ame,F" in heading else "Fox;Lena;1/2/1990"
    row = "Lena Fox\t1/2/1990" if "\t" in heading else row
    row = '"Fox, Lena",1/2/1990' if heading.startswith("Full") else row
    ((_, details),) = report(f"{heading}\n{row}\n").new
    assert (details.given_names, details.family_name) == ("Lena", "Fox")


def test_lines_of_an_address_are_joined_and_other_columns_named():
    text = "Name,DOB,Address 1,Town,Postcode,Shoe size\nLena Fox,1/2/1990,12 Borough Road,,TS1 3AA,38\n"
    found = report(text)
    assert found.new[0][1].address == "12 Borough Road\nTS1 3AA"
    assert found.left_out == ["Shoe size"]


BAD = """Family name,Given names,Date of birth,Phone,E-mail,Sex,Number
Fox,Lena,12/13/1990,,,,
,,1/2/1990,,,,
Okoro,Sam,1/2/90,,,,
Nair,Priya,1/2/1990,12,,,
Reid,Dana,1/2/1990,,dana@,,
Hale,Rowan,1/2/1990,,,maybe,
Ward,Ben,1/2/1990,,,,7
Price,Nia,1/2/1990,,,,7
Shah,Imran,,,,,
Moor,Te\u202ess,1/2/1990,,,,
"""


def test_every_bad_row_is_named_with_its_column_and_what_to_do():
    found = [(p.row, p.column, p.sentence.split(":")[0][:34]) for p in report(BAD).problems]
    assert found == [
        (2, "Date of birth", "Enter the date of birth with the d"),
        (3, "Family name", "Enter the patient's name"),
        (4, "Date of birth", "Enter the date of birth with the d"),
        (5, "Phone", "Enter a full telephone number, lik"),
        (6, "E-mail", "Enter an e-mail address like name@"),
        (7, "Sex", "Enter female, male, intersex or pr"),
        (9, "Number", "Row 8 has the same number. Correct"),
        (10, "Date of birth", "Enter the patient's date of birth"),
        (11, "Given names", "The cell holds a hidden character."),
    ]


def test_with_one_bad_row_nothing_is_imported():
    with pytest.raises(NotDoneError, match="Nothing was imported: 9 rows need a correction"):
        apply(check(BAD))
    assert names() == []


def test_blank_rows_do_not_count():
    assert len(report(GOOD + ",,,,\n\n").new) == 2


def test_more_rows_than_one_import_takes_are_refused():
    rows = "".join(f"Fox,Lena{number},1/2/1990,,\n" for number in range(5001))
    (problem,) = report(HEAD + rows).problems
    assert (problem.row, problem.sentence) == (5002, "Split the file: one import takes 5,000 rows")


def test_one_person_twice_in_a_file_is_a_bad_row():
    (problem,) = report(GOOD + "Nair,priya,4 March 1991,,\n").problems
    assert (problem.row, problem.sentence) == (4, "Row 3 is the same person. Remove one of them")


def test_the_same_file_again_changes_nothing():
    first = apply(check(GOOD))
    again = apply(check(GOOD), at=patients.AT + timedelta(days=1))
    assert again == first
    assert len(names()) == 2
    assert Event.objects.filter(verb="patients-imported").count() == 1


def test_a_longer_file_adds_only_who_is_new():
    apply(check(GOOD))
    longer = check(GOOD + "Fox,Lena,1/2/1990,,\n")
    assert report_of(longer).here == [2, 3]
    assert apply(longer).added == 1
    assert len(names()) == 3


def test_a_number_that_belongs_to_somebody_else_is_a_bad_row():
    patients.patient(external_number="7")
    (problem,) = report("Name,DOB,Client ID\nLena Fox,1/2/1990,7\n").problems
    assert problem.sentence.startswith("Another patient of this clinic has this number")


def test_a_number_of_the_same_person_is_already_here():
    patients.patient(external_number="7")
    assert report("Name,DOB,Client ID\nJo Ellison,12/6/1988,7\n").here == [2]


def test_an_applied_file_is_no_longer_kept():
    assert apply(check(GOOD)).text == ""


def test_a_file_never_applied_is_forgotten_after_a_day():
    imported = check(GOOD)
    assert operations.forget_imports(at=patients.AT + timedelta(hours=23)) == 0
    assert operations.forget_imports(at=patients.AT + timedelta(hours=25)) == 1
    imported.refresh_from_db()
    with pytest.raises(NotDoneError, match="no longer kept"):
        apply(imported)
    assert check(GOOD).text


def test_only_a_lead_of_the_clinic_imports():
    desk = accounts.member(Role.FRONT_DESK, name="Ben Ward")
    with pytest.raises(Refused):
        operations.check_import(clinic=accounts.clinic(), content=GOOD.encode(), by=desk, at=patients.AT)
    with pytest.raises(Refused):
        operations.apply_import(imported=check(GOOD), by=desk, at=patients.AT)


def test_a_file_of_another_clinic_is_missing():
    from django.http import Http404

    imported = check(GOOD, clinic=accounts.clinic("Marton"))
    with pytest.raises(Http404):
        file_for(patients.lead(), imported.pk)
