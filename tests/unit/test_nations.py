"""The nations of the clinics are those whose law is known, under the same names."""

from needlework.accounts.models import Nation
from needlework.evidence.nations import NATIONS


def test_every_nation_of_a_clinic_has_its_law():
    assert sorted(nation.label for nation in Nation) == sorted(NATIONS)
