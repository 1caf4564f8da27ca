"""What depends on what was done: zones, concern, skin type, depth and what was used."""

import pytest

from needlework.clinical.aftercare import advise, read
from needlework.clinical.terms import CONCERNS, SKIN_TYPES
from needlework.evidence.errors import InputError
from tests.spec.aftercare.spec import WEEK, given, session, spans

DARK = ("IV", "V", "VI")
COLOUR = ("age-spots", "melasma", "uneven-tone")
NUMBING = ("lidocaine-cream", "prilocaine-lidocaine-cream")


def test_brushes_are_for_the_face():
    assert given("brushes", zones=["chin"])
    assert given("brushes", zones=["thighs", "nose"])
    assert given("brushes", zones=["scalp", "neck", "decolletage", "abdomen", "hands"]) is None


@pytest.mark.parametrize("zone", ["chin", "neck", "decolletage"])
def test_make_up_is_for_face_neck_and_chest(zone):
    assert given("makeup", zones=["thighs", zone]).hours.default == 72
    assert given("makeup", zones=["scalp", "abdomen", "hands", "breasts", "arms"]) is None


@pytest.mark.parametrize("zone", ["neck", "decolletage", "breast-left", "upper-arm-right", "arm-left"])
def test_perfume_and_deodorant_are_for_neck_chest_and_arms(zone):
    one = given("perfume", zones=["thighs", zone])
    assert one.text == "Do not put perfume, body spray or deodorant on the treated skin or close to it."
    assert given("perfume", zones=["face", "scalp", "hands", "back"]) is None


def test_rubbing_clothes_are_for_the_body():
    assert given("friction", zones=["cheeks"]) is None


@pytest.mark.parametrize(
    ("zones", "said"),
    [
        (["breasts"], "A soft bra with no wire and no tight straps is best."),
        (["back"], "A soft bra with no wire and no tight straps is best."),
        (["abdomen"], "Keep tight waistbands and belts away from it."),
        (["hip-left"], "Keep tight waistbands and belts away from it."),
        (["knees"], "Leave off tight jeans, leggings and tights."),
        (["neck"], "Leave off tight hats, collars and scarves. Still wear a helmet if you need one to be safe."),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_rubs_depends_on_the_zone(zones, said):
    plain = "Do not let clothes rub or press on the treated skin. Wear something loose, soft and clean."
    assert given("friction", zones=zones).text == f"{plain} {said}"
    assert given("friction", zones=["hands"]).text == plain


def test_hair_products_are_for_the_scalp():
    assert given("hair-products", zones=["neck", "face"]) is None


def test_a_hat_for_face_scalp_and_neck():
    plain = "Use sunscreen every day, SPF 30 or more."
    for zone in ("forehead", "scalp", "neck"):
        assert given("sun-protection", zones=[zone]).text == f"{plain} Wear a hat with a wide brim."
    assert given("sun-protection", zones=["calves"]).text == plain


@pytest.mark.parametrize("name", ["sun", "sun-protection"])
@pytest.mark.parametrize("skin_type", SKIN_TYPES)
def test_skin_types_iv_to_vi_keep_the_longest_protection_from_the_sun(name, skin_type):
    hours = given(name, skin_type=skin_type).hours
    assert (hours.least == 4 * WEEK) is (skin_type in DARK)
    assert hours.range == given(name).hours.range
    assert hours.default == 4 * WEEK


@pytest.mark.parametrize("name", ["sun", "sun-protection"])
@pytest.mark.parametrize("concern", CONCERNS)
def test_concerns_of_colour_keep_the_longest_protection_from_the_sun(name, concern):
    hours = given(name, concern=concern).hours
    assert (hours.least == 4 * WEEK) is (concern in COLOUR)
    assert hours.range == given(name).hours.range


def test_shorter_protection_from_the_sun_is_refused_for_skin_type_v():
    with pytest.raises(InputError) as refused:
        read(session(skin_type="V", choices={"sun": 671}))
    assert str(refused.value) == "choices.sun: For skin types IV to VI the longer end holds: send 672."
    assert given("sun", skin_type="V", choices={"sun": 672}).hours.range == (48, 672)


def test_shorter_protection_from_the_sun_is_refused_for_melasma():
    with pytest.raises(InputError) as refused:
        read(session(concern="melasma", choices={"sun": 671}))
    assert str(refused.value) == "choices.sun: For concerns of colour the longer end holds: send 672."


def test_sessions_nearer_than_four_weeks_are_refused():
    with pytest.raises(InputError) as refused:
        read(session(choices={"next-session": 671}))
    assert str(refused.value) == "choices.next-session: Our rules leave four weeks at least: send 672 or more."


@pytest.mark.parametrize("skin_type", SKIN_TYPES)
@pytest.mark.parametrize("concern", CONCERNS)
def test_dark_marks_are_watched_for_from_one_to_twelve_weeks(skin_type, concern):
    one = given("dark-marks", skin_type=skin_type, concern=concern)
    if skin_type in DARK or concern in COLOUR:
        assert (one.do, one.hours, spans(one)) == ("start", None, (WEEK, 12 * WEEK))
    else:
        assert one is None


@pytest.mark.parametrize(("depth", "careful"), [(1.4, False), (1.5, True), (1.6, True)])
def test_a_session_of_1_5_mm_or_more_asks_for_more_care(depth, careful):
    one = given("moisturiser", max_depth_mm=depth)
    assert one.text.endswith("We went deeper this time, so be extra gentle for the first days.") is careful
    assert ("1.5 mm" in one.why) is careful
    assert ("sasaki-2019-aesthet-surg-j-open-forum-tewl" in {source.id for source in one.sources}) is careful


@pytest.mark.parametrize("cream", NUMBING)
def test_numb_skin_is_kept_from_heat_until_it_feels_again(cream):
    one = given("numb-skin", zones=["forehead"], used=[cream])
    assert (one.hours, spans(one)) == (None, (0, None))
    assert one.text == "Until you can feel your skin as usual, keep hot things away from it."


@pytest.mark.parametrize("zone", ["upper-lip", "perioral-left", "perioral-right", "chin"])
def test_numb_lips_wait_for_hot_drinks(zone):
    text = given("numb-skin", zones=[zone], used=["lidocaine-cream"]).text
    assert text.endswith("Your lips may be numb too: let hot drinks and food cool first, and take care not to bite.")


@pytest.mark.parametrize("name", ["numb-skin", "numbing-watch"])
def test_without_numbing_cream_nothing_is_said_of_it(name):
    assert given(name) is None
    assert given(name, used=["saline", "hyaluronic-gel", "antiseptic-povidone-iodine"]) is None


@pytest.mark.parametrize("cream", NUMBING)
def test_numbing_cream_is_watched_for_six_hours(cream):
    one = given("numbing-watch", zones=["forehead"], used=[cream])
    assert (one.do, spans(one)) == ("start", (0, 6))
    assert one.text.endswith("wipe off any cream that is left and call 999.")


@pytest.mark.parametrize("cream", NUMBING)
@pytest.mark.parametrize("zone", ["upper-lip", "perioral-left", "chin"])
def test_numb_lips_are_told_from_a_tingling_mouth(zone, cream):
    assert given("numbing-watch", zones=[zone], used=[cream]).text.endswith(
        "wipe off any cream that is left and call 999. "
        "Numb lips can come from cream near your mouth. If you tingle inside your mouth, call 999 all the same."
    )


def test_prilocaine_is_watched_for_twelve_hours():
    one = given("blue-lips", used=["prilocaine-lidocaine-cream"])
    assert (one.do, spans(one)) == ("start", (0, 12))
    assert one.text.endswith("wipe off any cream that is left and call 999.")
    assert given("blue-lips", used=["lidocaine-cream"]) is None


def test_chlorhexidine_on_the_face_is_watched_for_in_the_eye():
    one = given("eyes", used=["antiseptic-chlorhexidine"])
    assert (one.do, spans(one)) == ("start", (0, 24))
    assert given("eyes", used=["antiseptic-povidone-iodine"]) is None
    assert given("eyes", used=["antiseptic-chlorhexidine"], zones=["abdomen"]) is None


def test_acne_scars_are_told_of_the_six_weeks_of_the_nhs():
    said = "An NHS scar leaflet leaves at least six weeks, and longer is the safer side."
    assert given("next-session").why.endswith(said)
    assert given("next-session", concern="wrinkles").why == (
        "Studies leave about a month between sessions. Other advice runs from 2 to 6 weeks; the six are for scars. "
        "Our rules leave four weeks at least."
    )


def test_all_medicines_go_on_and_a_cream_for_the_treated_skin_waits_for_its_prescriber():
    medicines = given("medicines")
    assert medicines.text == (
        "Keep taking all your medicines. If you were prescribed a cream for the treated skin, "
        "ask the person who prescribed it when to start again."
    )
    assert medicines.why == (
        "Nothing on this list asks you to stop a pill, a jab or an inhaler that you were given. "
        "A guideline on small skin procedures says to go on with blood thinners. The rest is our own advice."
    )
    assert [source.id for source in medicines.sources] == ["ucsd-anticoag", "policy"]
    assert given("supplied-gel").text.endswith(
        "If you were prescribed a cream for that skin, ask the person who prescribed it when to start again."
    )


def test_nobody_is_told_to_leave_out_a_prescribed_medicine():
    prescribed = {name: given(name).text for name in ("retinoids", "acids", "anti-inflammatory")}
    assert prescribed["retinoids"].endswith("If yours was prescribed, ask the person who prescribed it what to do.")
    assert prescribed["acids"].endswith("If yours was prescribed, ask the person who prescribed it.")
    assert (
        "If they are part of your own treatment, keep taking them, and keep taking daily aspirin."
        in prescribed["anti-inflammatory"]
    )
    for one in advise(read(session(skin_type="V", used=[*NUMBING]))).instructions:
        assert "stop" not in one.text.lower()


def test_the_contradiction_on_ibuprofen_is_shown():
    one = given("anti-inflammatory")
    assert one.why == (
        "Advice is split, so this is the safer side. "
        "One clinic says none for at least two weeks; another says to take ibuprofen if it is sore."
    )
    assert [source.id for source in one.sources] == [
        "desert-sage-dermatology-skinpen-aftercare",
        "charm-beauty-by-irina-microneedling",
        "ucsd-anticoag",
    ]


def test_what_has_no_source_says_so():
    said = "This is our own advice: we found no source for it."
    found = advise(read(session(zones=["scalp", "face", "neck"], used=["lidocaine-cream"]))).instructions
    assert {one.id for one in found if said in one.why} == {"perfume", "numb-skin", "hair-products"}
    assert all({source.id for source in one.sources} == {"policy"} for one in found if said in one.why)
