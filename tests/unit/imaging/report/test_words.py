"""What a patient reads of a change."""

import pytest

from needlework.imaging.change.verdicts import AMONG_MANY, KIND, WITHIN, Change
from needlework.imaging.comparison import TWICE, Comparison
from needlework.imaging.comparison import WITHHELD as CONTROL_CHANGED
from needlework.imaging.report import words
from needlework.imaging.report.words import BY_CHANCE, NO_CHANGE, WITHHELD, headline, notes, said, summary, unmeasured
from tests.compared import CONTROL, comparison, doubtful

REASON = "Too little can be seen."


def changed(measure, change, interval, **more):
    return Change(KIND[measure], "changed", change, interval, 4.0, "more" if change > 0 else "less", **more)


def still(measure="texture", detectable=6.2):
    return Change(KIND[measure], "not-distinguishable", 0.5, (-5.7, 6.7), detectable, None, WITHIN)


def beyond(measure, change, interval):
    return Change(KIND[measure], "not-distinguishable", change, interval, 6.0, None, AMONG_MANY)


def withheld(reason=CONTROL_CHANGED):
    return Change(KIND["texture"], "not-distinguishable", -9.0, (-15.0, -3.0), 6.0, None, None).held_back(reason)


def spots(change, **counts):
    return changed("spots", change, (change - 0.1, change + 0.1), extra={"new": 0, "gone": 0} | counts)


def unknown(reason=REASON):
    return Change(KIND["texture"], "not-measurable", reason=reason)


@pytest.mark.parametrize(
    ("change", "answer", "error"),
    [
        (changed("texture", -18.2, (-23.9, -12.1)), "18% smoother", "12 to 24%"),
        (changed("wrinkles", 12.4, (4.0, 21.0)), "12% deeper lines", "4 to 21%"),
        (changed("redness", 1.24, (0.4, 2.08)), "Redder by 1.2 a*", "0.4 to 2.1 a*"),
        (changed("tone", -3.0, (-5.0, -1.0)), "Darker by 3.0° ITA", "1.0 to 5.0° ITA"),
        (changed("spots", -1.3, (-2.0, -0.6)), "Fewer spots by 1.30% of the skin", "0.60 to 2.00% of the skin"),
        (still(), NO_CHANGE, "photographs differ by 6% on their own"),
        (still("redness", 1.15), NO_CHANGE, "photographs differ by 1.1 a* on their own"),
        (beyond("texture", -9.0, (-15.0, -3.0)), BY_CHANCE, "9% smoother as measured, which may be chance"),
        (beyond("redness", 1.2, (0.2, 2.2)), BY_CHANCE, "redder by 1.2 a* as measured, which may be chance"),
        (withheld(), WITHHELD, CONTROL_CHANGED),
        (unknown(), "Not measurable", REASON),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_is_said_in_words_with_its_error(change, answer, error):
    assert (said(change), notes(change)) == (answer, [error])


def test_what_was_counted_stands_beside_the_answer():
    spots = changed("spots", 1.3, (0.6, 2.0), extra={"new": 2, "gone": 0})
    assert notes(spots)[1:] == ["2 new"]
    striae = changed("striae", -12.0, (-16.0, -8.0), extra={"width_mm_before": 3.21, "width_mm_after": 2.94})
    assert notes(striae)[1:] == ["2.9 mm wide, 3.2 mm before"]


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (spots(0.12, new=2, gone=1), "More spots by 0.12% of the skin"),
        (spots(0.12, gone=1), "Darker or larger spots by 0.12% of the skin"),
        (spots(0.12), "Darker or larger spots by 0.12% of the skin"),
        (spots(-0.12, gone=1), "Fewer spots by 0.12% of the skin"),
        (spots(-0.12, new=1), "Fainter or smaller spots by 0.12% of the skin"),
    ],
    ids=["more", "more, one gone", "more, none new", "fewer", "fewer, one new"],
)
def test_more_of_the_skin_under_spots_is_more_spots_only_where_the_counts_say_so(change, answer):
    assert said(change) == answer


def test_a_colour_told_against_the_control_zone_says_so():
    assert notes(changed("redness", 1.2, (0.4, 2.0), relative=True))[1:] == ["told against the control zone"]


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ([still(), still()], "No change we can detect, in 2 measurements."),
        ([still()], "No change we can detect, in 1 measurement."),
        ([still(), changed("texture", -18.0, (-24.0, -12.0)), unknown()],
         "1 of 2 measurements changed by more than photographs differ on their own."),
        ([still(), beyond("texture", -9.0, (-15.0, -3.0))],
         "No change beyond chance, in 2 measurements; 1 stands out, which may be chance."),
        ([beyond("texture", -9.0, (-15.0, -3.0)), beyond("texture", 9.0, (3.0, 15.0)), still()],
         "No change beyond chance, in 3 measurements; 2 stand out, which may be chance."),
        ([unknown()], "Nothing could be measured in these photographs."),
    ],
    ids=["still", "one", "changed", "one stands out", "two stand out", "nothing"],
)  # fmt: skip
def test_the_headline_counts_what_was_measured(changes, answer):
    found = {(f"zone-{number}", "texture"): change for number, change in enumerate(changes)}
    assert headline(Comparison(True, (), found)) == answer


def test_the_headline_claims_nothing_where_nothing_can_be_claimed():
    assert headline(Comparison(False, ("Different views.",))) == words.NOT_COMPARABLE
    assert headline(doubtful()) == words.DOUBTFUL


def test_the_headline_does_not_count_the_control_zone():
    own = [one for (zone, _), one in comparison().changes.items() if zone != CONTROL and one.change is not None]
    told = sum(change.verdict == "changed" for change in own)
    assert headline(comparison()).startswith(f"{told} of {len(own)} measurements changed")


def test_a_zone_is_summed_up():
    assert summary([still(), unknown(), unknown()]) == "1 without a change we can detect, 2 not measurable"
    assert summary([beyond("texture", -9.0, (-15.0, -3.0)), withheld()]) == "1 that may be chance, 1 withheld"


def test_one_file_on_both_sides_withholds_without_speaking_of_chance():
    assert said(withheld(TWICE.format("b.jpg"))) == WITHHELD


def test_what_changed_of_a_doubtful_comparison_is_headed_by_the_control_zone():
    assert words.heading(doubtful()) == "The control zone"
    assert words.heading(comparison()) == "What changed beyond chance"


def test_reasons_are_told_once_with_all_that_they_kept_from_being_measured():
    found = unmeasured(
        {
            ("nose", "texture"): unknown("Soft."),
            ("nose", "tone"): unknown("No sticker."),
            ("chin", "texture"): unknown("Hair."),
            ("chin", "tone"): unknown("No sticker."),
            ("jaw-left", "texture"): unknown("Soft."),
            ("jaw-left", "tone"): unknown("Soft."),
        }
    )
    assert found == {
        "Soft.": "texture: nose; everything: left jaw",
        "No sticker.": "tone: nose and chin",
        "Hair.": "texture: chin",
    }


def test_a_reason_for_every_zone_names_none():
    found = unmeasured(
        {
            (zone, name): unknown() if name == "tone" else still()
            for zone in ("nose", "chin")
            for name in ("tone", "striae")
        }
    )
    assert found == {REASON: "tone: every zone"}


def test_stretch_marks_go_by_that_name():
    assert words.named("striae") == "stretch marks"
    assert words.named("scars") == "scars"


@pytest.mark.parametrize(
    ("zone", "words_of_it"),
    [
        ("cheek-left", "left cheek"),
        ("upper-arm-right", "right upper arm"),
        ("upper-lip", "upper lip"),
        ("glabella", "between the brows"),
        ("periorbital-left", "around the left eye"),
        ("perioral-right", "right of the mouth"),
    ],
)
def test_a_zone_is_named_as_a_patient_would(zone, words_of_it):
    assert words.bare(zone) == words_of_it


def test_the_control_zone_is_named_as_such():
    assert words.place("cheek-left", "forehead") == "Left cheek"
    assert words.place("forehead", "forehead") == "Forehead (control zone)"


def test_the_painted_face_is_told_as_it_was_painted():
    told = {key for key, change in (comparison().changes or {}).items() if change.verdict == "changed"}
    assert {zone for zone, measure in told if measure != "spots"} == {"cheek-left"}
    assert {zone for zone, measure in told if measure == "spots"} >= {"chin", "cheek-right"}
    assert ("cheek-left", "texture") in told
