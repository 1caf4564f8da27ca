"""`needlework export`: a copy of everything about one patient, or one sentence."""

import subprocess
import zipfile

from needlework.audit.models import Event
from tests import homes
from tests.factories import patients as people
from tests.serving import command, refused


def test_the_archive_is_written_once_and_recorded(real_home, tmp_path):
    jo, file = people.patient(), tmp_path / "record.zip"
    own = homes.environment(real_home)
    done = subprocess.run(command("export", str(jo.pk), "--to", str(file)), env=own, capture_output=True, check=True)
    assert b"hand it over safely" in done.stdout
    with zipfile.ZipFile(file) as archive:
        assert "Ellison" in archive.read("patient.json").decode()
    assert Event.objects.filter(verb="copy-handed-out", patient_id=jo.pk, actor_kind="system").count() == 1
    sentence = refused("export", str(jo.pk), "--to", str(file), environment=own)
    assert "exists already. Name a new file with --to." in sentence


def test_an_unknown_patient_or_an_unwritable_place_gets_a_sentence(real_home, tmp_path):
    jo, own = people.patient(), homes.environment(real_home)
    assert "There is no patient 'Jo'" in refused("export", "Jo", "--to", str(tmp_path / "a.zip"), environment=own)
    nowhere = str(tmp_path / "missing" / "a.zip")
    assert "cannot be written" in refused("export", str(jo.pk), "--to", nowhere, environment=own)
    assert list(tmp_path.glob("*.zip")) == []
