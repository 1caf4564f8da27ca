"""The report: one file that needs nothing else, in the product's look, which says what it rests on."""

import base64
import re
from dataclasses import replace

import pytest

from needlework.imaging import ALGORITHM
from needlework.imaging.change.verdicts import WITHIN
from needlework.imaging.comparison import Comparison
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.report.facts import BY_CARD, UNKNOWN, facts, seen
from needlework.imaging.report.page import page
from tests.compared import comparison, doubtful
from tests.repo.tree import PRODUCT

TOKENS = (PRODUCT / "web/static/web/css/tokens.css").read_text("utf-8")
STYLE = (PRODUCT / "imaging/report/page.css").read_text("utf-8")
TOKEN = re.compile(r"(--[a-z-]+): ([^;]+);")
LARGEST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def shown():
    return page(comparison(), before=["b<1>.jpg", "b2.jpg"], after=["a1.jpg", "a2.jpg"])


def test_the_page_asks_nobody_for_anything(shown):
    without_data = re.sub(r"data:[a-z/]+;base64,[A-Za-z0-9+/=]+", "", shown)
    assert "://" not in without_data
    assert "<script" not in without_data
    assert "default-src 'none'" in without_data
    assert len(shown) < LARGEST_BYTES


def test_its_pictures_are_whole(shown):
    pictures = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', shown)
    assert len(pictures) >= 5
    assert all(base64.b64decode(picture).endswith(b"\xff\xd9") for picture in pictures)


def test_its_look_is_the_products():
    values = dict(TOKEN.findall(TOKENS))
    own = dict(TOKEN.findall(STYLE))
    assert own
    assert {name: value for name, value in own.items() if values.get(name) != value} == {}


def test_it_says_what_changed_and_by_how_much(shown):
    assert "<h1>What changed</h1>" in shown
    assert "changed by more than photographs differ on their own" in shown
    assert re.search(r"<td>Texture</td><td><strong>65% smoother</strong><small>\d+ to \d+%</small>", shown)


def test_it_names_the_control_zone_and_every_zone(shown):
    assert "<strong>Forehead (control zone)</strong>" in shown
    assert shown.count("<details>") == 5


def test_it_claims_no_more_of_the_pictures_than_was_kept_from_the_photographs(shown):
    assert "retouched" not in shown
    assert "judge redness and tone by the numbers, not by these pictures." in shown
    assert "light is matched only where a picture says so; nothing is smoothed or painted" in shown


def test_it_says_why_something_could_not_be_measured(shown):
    assert "<h2>Could not be measured</h2>" in shown
    assert "This is the control zone: without the sticker," in shown


def test_it_names_photographs_scale_colour_and_estimators(shown):
    assert "2 photographs: b&lt;1&gt;.jpg and b2.jpg" in shown
    assert "an average adult’s are (± 6%)" in shown
    assert "told against the forehead, which was not treated" in shown
    assert f"Version {ALGORITHM}." in shown
    assert "not a diagnosis" in shown


def test_what_changed_and_what_one_visit_alone_shows_are_apart(shown):
    assert headings(shown)[:4] == [
        "What changed beyond chance",
        "Before and after",
        "Where it changed",
        "Spots that one visit alone shows",
    ]
    assert 'alt="Where spots changed"' not in shown


def test_what_stands_small_on_a_picture_stands_below_it_too(shown):
    captions = re.findall("<figcaption>(.*?)</figcaption>", shown)
    assert captions[0].startswith("Laid over each other, light as photographed; nothing smoothed or painted. Colours ")
    assert captions[1].startswith("Light of the later visit matched to the first. To look at ")
    assert captions[2].startswith("Measured inside the lines, in every photograph. Hair, shine ")
    assert "Texture. Orange: rougher. Blue: smoother. Light of the later visit matched to the first. " in captions[3]
    assert re.match(r"Ringed: \d+ spots? gone \(before\), \d+ new \(after\)\. A ring is ", captions[-1])


def test_spots_of_one_visit_are_no_change():
    found = comparison()
    still = {key: replace(one, verdict="not-distinguishable", reason=WITHIN) for key, one in found.changes.items()}
    told = headings(page(replace(found, changes=still), before=["b.jpg"], after=["a.jpg"]))
    assert "Where it changed" not in told
    assert "Spots that one visit alone shows" in told


def headings(shown):
    return re.findall("<h2>(.*?)</h2>", shown)


def test_a_doubtful_comparison_says_so_first():
    told = page(doubtful(), before=["b.jpg"], after=["a.jpg"])
    assert told.index("cannot tell whether the skin changed") < told.index("Forehead (control zone)")
    assert "The control zone changed too" in told
    assert headings(told)[0] == "The control zone"
    assert "1 photograph: b.jpg" in told


def test_photographs_that_cannot_be_compared_give_the_reason_and_no_number():
    told = page(Comparison(False, ("These are different views of a face.",)), before=["b.jpg"], after=["a.jpg"])
    assert "These photographs cannot be compared." in told
    assert "These are different views of a face." in told
    assert "<table>" not in told
    assert "<img" not in told


def test_a_zone_of_which_nothing_could_be_measured_tells_the_reason_once():
    found = comparison()
    reason = "Too little of the nose can be seen."
    changes = {
        key: replace(change, verdict="not-measurable", reason=reason, change=None) if key[0] == "nose" else change
        for key, change in found.changes.items()
    }
    told = page(replace(found, changes=changes), before=["b.jpg"], after=["a.jpg"])
    assert told.count(reason) == 2


@pytest.mark.parametrize(("absolute", "said"), [(True, BY_CARD), (False, UNKNOWN)], ids=["sticker", "nothing"])
def test_the_colour_reference_is_told(absolute, said):
    visits = comparison().visits
    other = replace(visits, colours=replace(visits.colours, absolute=absolute), control=None, scaled_by_sticker=True)
    told = dict(seen(replace(comparison(), visits=other, doubts=("a.jpg: The sticker is bent.",))))
    assert told["Doubt"] == "a.jpg: The sticker is bent."
    assert told["Colour"] == said
    assert told["Scale"].endswith("by the sticker")


def test_no_error_of_the_alignment_is_told_where_no_skin_could_be_laid_on_skin():
    visits = comparison().visits
    nowhere = replace(visits, zones=dict.fromkeys(visits.zones, Unmeasured("Hidden.")))
    assert "Alignment" in dict(seen(comparison()))
    assert "Alignment" not in dict(seen(replace(comparison(), visits=nowhere)))


def test_the_facts_of_photographs_that_cannot_be_compared_are_their_names():
    assert [name for name, _ in facts(Comparison(False), ["b"], ["a"])] == ["Before", "After", "Estimators"]


def test_visits_of_which_no_zone_could_be_measured_are_still_shown():
    found = comparison()
    nothing = replace(found.visits, zones={"nose": Unmeasured("Too little.")}, control=None, spots=Unmeasured("Soft."))
    told = page(replace(found, visits=nothing, changes={}), before=["b.jpg"], after=["a.jpg"])
    assert told.count("<img") == 2
    assert UNKNOWN in told
