"""A role only ever adds: whatever somebody holds, taking one role away never raises a right."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from needlework.accounts import permissions
from needlework.accounts.capabilities import CAPABILITIES, clinics_where
from needlework.accounts.models import Clinic, Role, User

CLINICS = [UUID(int=number) for number in (1, 2, 3)]
HELD = st.sets(st.tuples(st.sampled_from(CLINICS), st.sampled_from([role.value for role in Role])), max_size=12)


def holding(roles):
    user = User(name="Amira Khan", email="amira@example.test")
    user.roles_in_force = frozenset(roles)
    return user


@given(HELD, st.data())
def test_removing_a_role_never_raises_a_right(roles, data):
    fewer = roles - {data.draw(st.sampled_from(sorted(roles)))} if roles else roles
    for capability in CAPABILITIES:
        assert clinics_where(holding(fewer), capability) <= clinics_where(holding(roles), capability)


@given(HELD, st.sampled_from(CLINICS), st.data())
def test_removing_a_role_never_lets_somebody_manage_more(roles, place, data):
    fewer = roles - {data.draw(st.sampled_from(sorted(roles)))} if roles else roles
    clinic = Clinic(id=place, name="Linthorpe Road")
    for gate in (permissions.may_manage_staff_in, permissions.may_manage_clinic):
        assert not (gate(user=holding(fewer), clinic=clinic) and not gate(user=holding(roles), clinic=clinic))


@given(HELD)
def test_nobody_acts_in_a_clinic_in_which_they_hold_nothing(roles):
    held = {clinic for clinic, _ in roles}
    for capability in CAPABILITIES:
        assert clinics_where(holding(roles), capability) <= held


def test_every_role_carries_something():
    assert set().union(*CAPABILITIES.values()) == set(Role)


def test_days_are_written_out():
    from needlework.evidence.days import in_words

    assert in_words(date(2026, 12, 1)) == "1 December 2026"
