"""Pictures: the same bytes for the same answer, told to those who cannot see them, and nothing cut off."""

import re
import subprocess
import sys
from io import BytesIO
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from needlework.evidence.errors import InputError
from needlework.forecast.pictures import draw, page, text
from needlework.forecast.pictures.looks import CARD, DARKER, INK, LIGHT, MUTED, PAPER, REFER, SETTINGS, WIDTH
from tests.unit.forecast.pictures.answers import after, answer, measured, measured_worse, never_noticed, zones

SVG = "{http://www.w3.org/2000/svg}"
EVERY = {
    "a course": answer(),
    "a course with a measurement": measured(),
    "a measurement that got worse": measured_worse(),
    "a course that few notice": never_noticed(),
    "three zones": zones("cheek-left", "chin", "upper-lip"),
}
LETTERS = {"A", "B"}
"""They stand in discs, on lines."""
PHONE = 375
LEAST_ON_A_PHONE = 11.5
"""CSS pixels; a clinic's own leaflets have less."""


@pytest.fixture(scope="module")
def svg() -> str:
    return draw(measured(), ".svg").decode()


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_the_same_answer_gives_the_same_bytes(ending: str):
    one = draw(answer(), ending)
    with mpl.rc_context({"lines.linewidth": 9, "savefig.bbox": "tight"}):
        other = draw(answer(), ending)
    assert one == other


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    before = dict(mpl.rcParams)
    draw(answer(), ".svg")
    assert dict(mpl.rcParams) == before


def test_matplotlib_is_not_loaded_before_something_is_drawn():
    asked = "import sys, needlework.forecast.pictures; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_an_svg_is_told_by_its_title_and_description(svg: str):
    root = ElementTree.fromstring(svg)
    title, description = root[:2]
    assert (title.tag, title.text) == (f"{SVG}title", "What to expect: acne scars")
    assert (description.tag, description.text) == (f"{SVG}desc", text(measured()))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_an_svg_has_nothing_that_a_strict_content_policy_refuses(svg: str):
    root = ElementTree.fromstring(svg)
    assert [one.tag for one in root.iter() if one.get("style") or one.tag in {f"{SVG}style", f"{SVG}script"}] == []


def test_the_words_of_an_svg_can_be_searched(svg: str):
    said = [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert "Nine in ten people: between these lines" in said
    assert "4 sessions" in said


def test_two_pictures_on_a_page_share_no_name_that_means_two_things(svg: str):
    here, there = named(svg), named(draw(answer(), ".svg").decode())
    assert {name: here[name] for name in here.keys() & there} == {name: there[name] for name in here.keys() & there}


def test_an_svg_stays_small(svg: str):
    assert len(svg) < 100_000


def test_a_png_carries_its_text_and_is_sharp_enough_for_print():
    with Image.open(BytesIO(draw(answer(), ".png"))) as picture:
        assert picture.info["Title"] == "What to expect: acne scars"
        assert picture.info["Description"] == text(answer())
        assert "Software" not in picture.info
        assert picture.width == 2 * WIDTH


@pytest.mark.parametrize("ending", [".pdf", "", "svg"])
def test_other_pictures_are_refused(ending: str):
    with pytest.raises(InputError, match=re.escape(f"plot: A picture ends in .svg or .png, not in '{ending}'.")):
        draw(answer(), ending)


@pytest.mark.parametrize("known", EVERY.values(), ids=EVERY)
def test_nothing_is_cut_off_and_no_words_lie_on_others(known: dict[str, Any]):
    with mpl.rc_context(SETTINGS):
        canvas = FigureCanvasAgg(page.figure(known))
        canvas.draw()
        words = [one for one in canvas.figure.findobj(Text) if one.get_visible() and one.get_text().strip()]
        boxes = [(one.get_text(), one.get_window_extent(canvas.get_renderer())) for one in words]
    across, down = canvas.figure.bbox.size
    assert [one for one, box in boxes if min(box.min) < 0 or box.x1 > across or box.y1 > down] == []
    inner = [(one, box.padded(-3)) for one, box in boxes if one not in LETTERS]
    pairs = [(one, other) for (one, box), (other, beside) in combinations(inner, 2) if box.overlaps(beside)]
    assert pairs == []


@pytest.mark.parametrize("known", EVERY.values(), ids=EVERY)
def test_the_smallest_letters_can_be_read_on_a_phone(known: dict[str, Any]):
    with mpl.rc_context(SETTINGS):
        words = [one for one in page.figure(known).findobj(Text) if one.get_text().strip()]
    smallest = min(one.get_fontsize() for one in words if one.get_text() not in LETTERS)
    assert smallest * 96 / 72 * PHONE / WIDTH > LEAST_ON_A_PHONE


@pytest.mark.parametrize("ground", [PAPER, CARD])
@pytest.mark.parametrize("letters", [INK, MUTED, REFER])
def test_words_stand_out_from_what_they_stand_on(letters: str, ground: str):
    assert contrast(letters, ground) >= 4.5


def test_bands_differ_in_lightness():
    assert contrast(LIGHT, DARKER) > 1.5
    assert contrast(CARD, DARKER) > 1.9


def test_a_measurement_that_got_worse_and_has_no_error_is_shown():
    said = [one.text for one in ElementTree.fromstring(draw(measured_worse(), ".svg")).iter(f"{SVG}text")]
    assert {"−200%", "What was measured"} <= set(said)


@pytest.mark.parametrize(("scale", "value", "sd"), [("share", 0.1, 3.0), ("photo", -10.0, 300.0)])
def test_the_bar_of_a_measurement_ends_where_the_picture_does(scale: str, value: float, sd: float):
    known = measured()
    known["place"] = [known["place"][0] | {"scale": scale, "value": value, "sd": sd}]
    with mpl.rc_context(SETTINGS):
        panel = page.figure(known).axes[1]
    low, high = panel.get_ylim()
    bars = [line.get_ydata() for line in panel.get_lines() if line.get_marker() == "_"]
    assert all(low <= ends[0] < ends[1] <= high for ends in bars)
    assert len(bars) == 1


def test_the_key_tells_of_a_measurement_in_any_zone():
    known = zones("cheek-left", "chin")
    known["zones"]["chin"] |= {name: measured()[name] for name in ("place", "updated")}
    said = {one.text for one in ElementTree.fromstring(draw(known, ".svg")).iter(f"{SVG}text")}
    assert {"Measured; its bar holds 9 in 10 errors", "The same, knowing what was measured"} <= said


@pytest.mark.parametrize(("last", "months"), [(31, ["Dec", "Jan"]), (1200, ["Dec", "Dec", "Dec", "Dec"])])
def test_months_are_named_with_the_year_where_it_is_new(last: int, months: list[str]):
    known = answer()
    series = [known["series"][0], known["series"][-1] | {"date": after(last)}]
    with mpl.rc_context(SETTINGS):
        panel = page.figure(known | {"series": series}).axes[1]
    named = [label.get_text().split("\n") for label in panel.get_xticklabels()]
    assert [month for month, _ in named] == months
    assert [year for _, year in named][:2] == ["2026", "2027"]


def named(svg: str) -> dict[str, str]:
    """Return what each name in an SVG stands for."""
    elements = ElementTree.fromstring(svg).iter()
    return {one.get("id", ""): ElementTree.tostring(one, "unicode") for one in elements if one.get("id")}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
