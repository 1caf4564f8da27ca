"""Pregnancy and feeding."""

from tests.spec.screening.asking import adjusts, defers, excludes, refers, spec


def test_pregnancy_excludes():
    spec("pregnant", finds=excludes())
    spec("pregnant", given={"zones": ["back"]}, finds=excludes())


def test_perhaps_pregnant_defers_until_a_test():
    spec("pregnant", given={"unsure": True}, finds=defers())
    spec("pregnant", given={"unsure": True, "date": "2020-01-01"}, finds=defers())
    spec("pregnant", given={"unsure": True}, device="SkinPen", finds=defers())


def test_pregnancy_excludes_with_skinpen():
    spec("pregnant", device="SkinPen", topical_anaesthetic=True, finds=excludes())


def test_pregnancy_excludes_with_dermapen_4_though_its_manual_bars_only_numbing():
    spec("pregnant", device="Dermapen 4", finds=excludes())
    spec("pregnant", device="Dermapen 4", topical_anaesthetic=True, finds=excludes(), also=("numbing_conflict",))
    spec("pregnant", topical_anaesthetic=True, finds=excludes())


def test_breastfeeding_excludes():
    spec("breastfeeding", finds=excludes())
    spec("breastfeeding", given={"zones": ["back"]}, finds=excludes())


def test_perhaps_breastfeeding_refers():
    spec("breastfeeding", given={"unsure": True}, finds=refers())
    spec("breastfeeding", given={"unsure": True}, device="SkinPen", finds=refers())


def test_breastfeeding_excludes_with_skinpen():
    spec("breastfeeding", device="SkinPen", topical_anaesthetic=True, finds=excludes())


def test_breastfeeding_adjusts_with_dermapen_4_and_bars_numbing():
    spec("breastfeeding", device="Dermapen 4", finds=adjusts())
    spec("breastfeeding", given={"unsure": True}, device="Dermapen 4", finds=adjusts())
    spec("breastfeeding", device="Dermapen 4", topical_anaesthetic=True, finds=adjusts(), also=("numbing_conflict",))
