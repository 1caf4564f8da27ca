"""Lists of patients by page and by command: checked, imported when told to, taken out without formulas."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from needlework.audit.models import Event
from needlework.patients import operations
from needlework.patients.models import Patient
from needlework.patients.queries.importing import report_of
from tests.factories import accounts, patients
from tests.integration.test_importing_patients import BAD, GOOD, check, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return accounts.signed_in_client(patients.lead())


def upload(browser, content):
    file = SimpleUploadedFile("patients.csv", content)
    return browser.post(reverse("patients-import"), {"clinic": str(accounts.clinic().pk), "file": file})


def test_the_pages_check_and_import(browser):
    checked = upload(browser, GOOD.encode("cp1252"))
    page = browser.get(checked.url).content.decode()
    assert "Siobhán" in page
    assert "Windows-1252" in page
    assert browser.post(checked.url).url == reverse("patients")
    assert len(names()) == 2
    assert "This file was imported on" in browser.get(checked.url).content.decode()


def test_the_page_names_the_bad_rows(browser):
    checked = upload(browser, BAD.encode())
    page = browser.get(checked.url).content.decode()
    assert "Row 8 has the same number" in page
    refused = browser.post(checked.url)
    assert refused.status_code == 422
    assert "Nothing was imported" in refused.content.decode()


def test_the_page_refuses_what_it_cannot_read(browser):
    refused = upload(browser, b"\xff\xfe\x00")
    assert refused.status_code == 422
    assert "Save it as" in refused.content.decode()


def test_a_forgotten_file_asks_for_it_again(browser):
    checked = upload(browser, GOOD.encode())
    operations.forget_imports(at=patients.AT + timedelta(days=3650))
    assert "no longer kept" in browser.get(checked.url).content.decode()


def exported(browser):
    answer = browser.get(reverse("patients-export"))
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_no_cell_of_an_export_is_a_formula(browser):
    patients.patient(given_names="=1+1", family_name="@Fox", address="-x", phone="+353871234567")
    (row,) = exported(browser)
    assert (row["Given names"], row["Family name"], row["Address"]) == ("'=1+1", "'@Fox", "'-x")
    assert row["Phone"] == "'+353871234567"


def test_an_export_is_noted_and_stays_within_ones_clinics(browser):
    patients.patient()
    patients.patient(clinic=accounts.clinic("Marton"), family_name="Hidden")
    assert [row["Family name"] for row in exported(browser)] == ["Ellison"]
    event = Event.objects.get(verb="viewed", fields=["patient-list"])
    assert event.clinic_id == accounts.clinic().pk


def test_what_was_taken_out_comes_back_the_same(browser):
    patients.patient(given_names="'=Jo", family_name="O'Brien", notes='-5 °C\n"quoted", and more', sex="female")
    content = b"".join(browser.get(reverse("patients-export")).streaming_content)
    before = {name: getattr(Patient.objects.get(), name) for name in ("given_names", "family_name", "notes", "sex")}
    elsewhere = check(content, clinic=accounts.clinic("Marton"))
    ((_, details),) = report_of(elsewhere).new
    assert {name: getattr(details, name) for name in before} == before


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "patients.csv"
    path.write_text(GOOD)
    return path


def run(path, *options, clinic="Linthorpe Road", by=None):
    out = io.StringIO()
    call_command(
        "import_patients", str(path), *options, clinic=clinic, by=by or patients.lead().email, stdout=out, stderr=out
    )
    return out.getvalue()


def test_the_command_checks_and_imports_when_told(file):
    assert "2 new patients" in run(file)
    assert names() == []
    assert "Imported: 2" in run(file, "--apply")
    assert "imported before" in run(file, "--apply")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"clinic": "Yarm"}, "There are: Linthorpe Road"),
        ({"by": "nobody@example.test"}, "Give a lead's address"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(file, options, sentence):
    accounts.clinic()
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(file, **options)
    assert refusal.value.returncode == 2


def test_the_command_names_bad_rows_and_missing_files(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(BAD)
    with pytest.raises(CommandError, match="9 rows to correct"):
        run(bad, "--apply")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "missing.csv")
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="Save it as"):
        run(bad)
    assert names() == []
