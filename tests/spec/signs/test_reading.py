"""Every text of signs, combinations, tiers and the safety net reads easily: grade 8 or below."""

import pytest

from needlework.clinical import safety_net
from needlework.clinical.reading import grade
from needlework.clinical.signs import combinations, signs, tiers

TEXTS = (
    {sign.id: sign.patient_text for sign in signs().values()}
    | {one.id: one.patient_text for one in combinations()}
    | {f"tier {tier}": rule.patient_text for tier, rule in tiers().items()}
    | {f"tier {tier}, late": rule.late_text for tier, rule in tiers().items() if rule.late_text}
    | {f"net {line.id}": line.when for line in safety_net.lines()}
)


@pytest.mark.parametrize("of", TEXTS)
def test_a_text_for_patients_reads_easily(of):
    assert grade(TEXTS[of]) <= 8
