"""Numbing creams as they are read: what each key becomes, and where an unknown fact is refused."""

import pytest

from needlework.clinical import numbing
from needlework.clinical.numbing import creams
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.sources import sources
from tests.unit.clinical.test_overrides import made

LIMITS = {
    "dose_g_per_10_cm2": [1.0, 2.0],
    "max_mass_g": 30.0,
    "max_area_cm2": 300.0,
    "least_minutes": 20.0,
    "most_minutes": 90.0,
}
ENTRY = {
    "label": "Mine, 1%",
    "limits": LIMITS | {"small_mass_g": 3.0},
    "facts": {"dose": ["NUM-003"], "mass": ["NUM-001"], "area": ["NUM-001"], "time": ["NUM-002"]},
    "must_not": [{"rule": "pregnant", "text": "Nobody.", "facts": ["NUM-006"]}],
    "notes": [{"text": "A note.", "facts": ["NUM-010"]}],
}


def cited(behind):
    return [source.id for source in behind]


def test_a_product_keeps_every_key():
    product = creams._product("Mine", ENTRY)
    assert (product.name, product.label) == ("Mine", "Mine, 1%")
    assert product.limits == creams.Limits((1.0, 2.0), 30.0, 300.0, 20.0, 90.0, 3.0)
    assert list(product.sources) == ["dose", "mass", "area", "time"]
    assert {one for behind in product.sources.values() for one in cited(behind)} == {
        "emla-cream-5-smpc-text-mirror-copy-machine"
    }
    first = product.must_not[0]
    assert (first.rule, first.text) == ("pregnant", "Nobody.")
    assert cited(first.sources) == ["emla-core-safety-profile-2010-ie-h-psur-0019"]
    assert product.notes[0].text == "A note."
    assert cited(product.notes[0].sources) == ["lmx4-cream-smpc-section-4-1-4-2-mhra-text"]


def test_what_holds_for_any_cream_comes_after_its_own():
    product = creams._product("Mine", ENTRY)
    assert [one.rule for one in product.must_not[1:]] == [
        "anaesthetic_allergy",
        "tla_exclusions",
        "pregnant",
        "breastfeeding",
        "open_wound",
    ]
    assert [one.text for one in product.notes[1:]] == [
        "Take every trace off before needling, with an antiseptic.",
        "The least cream that is enough; no wrap, no heat, no broken skin.",
    ]
    assert product.must_not[1].text == "An allergy to numbing cream or a local anaesthetic."
    assert cited(product.must_not[1].sources) == ["skinpen-ifu", "dermapen4-ifu"]


def test_a_product_without_limits_has_none():
    bare = {key: value for key, value in ENTRY.items() if key not in {"limits", "facts"}}
    product = creams._product("Mine", bare)
    assert (product.limits, product.sources) == (None, {})


def test_limits_without_a_small_mass_have_none():
    assert creams._limits(LIMITS) == creams.Limits((1.0, 2.0), 30.0, 300.0, 20.0, 90.0, 0.0)


def test_a_clinic_s_own_entry_is_policy_with_its_name():
    limits = creams._limits(LIMITS)
    product = creams.own("House", "leaflet", limits)
    (source,) = product.sources["dose"]
    assert (source.id, source.title, source.url, source.strength_class) == ("own", "House: leaflet", None, "policy")
    assert source.strength == "the clinic's own entry, not checked here"
    assert product.limits is limits
    assert list(product.sources) == ["dose", "mass", "area", "time"]
    assert len(product.notes) == 2


def test_what_stands_beside_is_read_by_its_key():
    assert cited(creams.note.__wrapped__("together").sources) == ["sobanko-miller-alster-topical-anesthetics"]
    assert creams.note.__wrapped__("near_eyes").text.startswith("Near the eyes")
    assert len(creams.harm.__wrapped__()) == 3
    assert creams.supply.__wrapped__().sources == (sources()["tla-uk"],)


REFUSED = {
    "limit": ENTRY | {"facts": {"dose": ["X-1"]}},
    "bar": ENTRY | {"must_not": [{"rule": "pregnant", "text": "", "facts": ["X-1"]}]},
    "note": ENTRY | {"notes": [{"text": "", "facts": ["X-1"]}]},
}


@pytest.mark.parametrize("entry", REFUSED.values(), ids=REFUSED)
def test_an_unknown_fact_is_refused_with_its_place(entry):
    with pytest.raises(DataError) as refused:
        creams._product("Mine", entry)
    assert (refused.value.file, refused.value.key) == ("numbing.toml", "Mine")


def test_products_of_a_document_are_read_by_name_with_what_a_clinic_changed():
    mine = made(file="numbing.toml", id="Mine", key="max_mass_g", value=30)
    found = creams.load({"products": {"Mine": ENTRY, "Other": ENTRY}}, (made(), mine))
    assert (list(found), found["Mine"].set_by_clinic, found["Other"].set_by_clinic) == (["Mine", "Other"], (mine,), ())
    assert found["Mine"].limits == creams.Limits((1.0, 2.0), 30.0, 300.0, 20.0, 90.0, 3.0)


def test_times_that_contradict_each_other_are_refused():
    limits = LIMITS | {"least_minutes": 90.0}
    assert creams.load({"products": {"Mine": ENTRY | {"limits": limits}}})["Mine"].limits.least_minutes == 90
    with pytest.raises(DataError) as refused:
        creams.load({"products": {"Mine": ENTRY | {"limits": limits | {"least_minutes": 90.1}}}})
    assert str(refused.value) == "numbing.toml: Mine: least_minutes is longer than most_minutes. Mend one of the two."


def test_a_cream_is_read_by_the_products_given():
    document = {"product": "Mine", "mass_g": 1, "area_cm2": 10, "on": "2026-12-01T10:00:00+00:00"}
    document |= {"off": "2026-12-01T11:00:00+00:00"}
    known = creams.load({"products": {"Mine": ENTRY}})
    applied = numbing.read(document, products=known)
    assert applied.amount.product is known["Mine"]
    assert numbing.check(applied).checks[0].limit == (0.0, 30.0)
    with pytest.raises(InputError) as refused:
        numbing.read(document)
    assert refused.value.field == "product"


def test_a_clinics_own_cream_is_none_of_the_products_given():
    own = {"label": "House", "source": "leaflet", **LIMITS}
    document = {"product": "House", "own": own, "mass_g": 1, "area_cm2": 10, "on": "2026-12-01T10:00:00+00:00"}
    applied = numbing.read(document | {"off": "2026-12-01T11:00:00+00:00"})
    checked = numbing.check(applied, products=creams.load({"products": {"Mine": ENTRY}}))
    assert checked.applied == applied
