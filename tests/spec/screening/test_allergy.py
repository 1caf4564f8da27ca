"""Allergy."""

from tests.spec.screening.asking import adjusts, everywhere, excludes, refers, spec


def test_a_stainless_steel_allergy_excludes_and_an_unsure_one_refers():
    everywhere("stainless_steel_allergy", finds=excludes())


def test_a_nickel_allergy_adjusts():
    everywhere("nickel_allergy", finds=adjusts())


def test_an_anaesthetic_allergy_excludes_and_an_unsure_one_refers():
    everywhere("anaesthetic_allergy", finds=excludes())


def test_an_anaesthetic_allergy_excludes_with_skinpen():
    spec("anaesthetic_allergy", device="SkinPen", finds=excludes())
    spec("anaesthetic_allergy", given={"unsure": True}, device="SkinPen", finds=refers())


def test_an_anaesthetic_allergy_adjusts_with_dermapen_4_and_bars_numbing():
    numb = {"device": "Dermapen 4", "topical_anaesthetic": True}
    spec("anaesthetic_allergy", device="Dermapen 4", finds=adjusts())
    spec("anaesthetic_allergy", **numb, finds=adjusts(), also=("numbing_conflict",))
    spec("anaesthetic_allergy", given={"unsure": True}, **numb, finds=adjusts(), also=("numbing_conflict",))


def test_past_anaphylaxis_adjusts():
    everywhere("anaphylaxis_history", finds=adjusts())


def test_reacting_to_skincare_adjusts():
    everywhere("contact_dermatitis", finds=adjusts())
