"""Documents: links resolve, decisions are short and listed, commands that are named exist."""

import json
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from needlework.cli.main import main
from tests.repo.tree import ROOT, files, name, product_modules

DOCUMENTS = files(".md")
DECISIONS = sorted(path for path in (ROOT / "docs" / "adr").glob("*.md") if path.name != "README.md")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_between_documents_resolve(path):
    targets = [
        link for link in LINK.findall(path.read_text("utf-8")) if "://" not in link and not link.startswith("mailto:")
    ]
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_scripts_that_a_document_names_exist(path):
    named = set(re.findall(r"\bscript/[a-z_]+", path.read_text("utf-8")))
    assert {script for script in named if not (ROOT / script).exists()} == set()


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_fits_on_a_page(path):
    assert len(path.read_text("utf-8").splitlines()) <= 60


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_says_what_was_decided_and_why(path):
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert re.search(r"^## (Decision|We)", text, re.MULTILINE)


def test_the_index_lists_every_decision():
    listed = LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text("utf-8"))
    assert sorted(listed) == [path.name for path in DECISIONS]


def test_every_folder_of_documents_is_in_the_index():
    listed = LINK.findall((ROOT / "docs" / "README.md").read_text("utf-8"))
    listed += [f"reference/{link}" for link in LINK.findall((ROOT / "docs/reference/README.md").read_text("utf-8"))]
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in DOCUMENTS if (ROOT / "docs") in path.parents]
    missing = [page for page in pages if page != "README.md" and not page.startswith("adr/") and page not in listed]
    assert missing == []


def test_the_changelog_tells_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


SET_BY_THE_PROGRAM = {
    "NEEDLEWORK_ADDRESS": "serve tells its parts",
    "NEEDLEWORK_BEHIND_PROXY": "serve tells its parts",
    "NEEDLEWORK_DEMO": "the demo tells its parts",
    "NEEDLEWORK_SECURE": "serve tells its parts",
}


def test_every_variable_that_is_read_stands_in_the_reference():
    code = [*product_modules(), *(ROOT / "script").iterdir()]
    read = {one for path in code for one in re.findall(r"NEEDLEWORK_[A-Z_]+", path.read_text("utf-8"))}
    told = (ROOT / "docs" / "reference" / "environment.md").read_text("utf-8")
    assert {one for one in read - set(SET_BY_THE_PROGRAM) if f"`{one}`" not in told} == set()


def test_the_python_of_the_guide_to_the_rules_runs(capsys):
    guide = (ROOT / "docs/how-to/use-the-rules.md").read_text("utf-8")
    for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL):
        exec(block, {})
    assert capsys.readouterr().out.startswith("Isotretinoin stopped within 6 months 2027-02-28 ['https://")


def test_the_course_and_the_python_of_the_guide_to_the_forecast_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    guide = (ROOT / "docs/how-to/see-what-to-expect.md").read_text("utf-8")
    course, *more = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    assert len(more) == 2
    Path("course.json").write_text(json.dumps({k: v for one in (course, *more) for k, v in _document(one).items()}))
    assert main(["forecast", "course.json"]) == main(["forecast", "sbml", "course.json", "--out", "course.xml"]) == 0
    known = {}
    for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL):
        exec(block, known)
    assert known["collagen"]["collagen_1"].shape == known["population"].shape == (53, 4000)
    assert known["people"].shape == (100_000, 2)
    assert known["modes"]["most_acne_scars"][0] < np.median(known["values"]["most_acne_scars"])
    assert known["found"].shape == (366, 5)


def _document(fence):
    """Return a document that a page shows whole, or the part of one."""
    return json.loads(fence if fence.startswith("{") else f"{{{fence}}}")


def test_the_guide_to_the_rules_names_every_pure_command():
    guide = (ROOT / "docs/how-to/use-the-rules.md").read_text("utf-8")
    pure = {"screen", "plan", "numbing", "aftercare", "triage", "evidence"}
    assert set(re.findall(r"`needlework (\w+)", guide)) == pure
