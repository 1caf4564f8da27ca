"""Staff pages: who sees whom, and who may change what."""

from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlework.accounts import operations
from needlework.accounts.capabilities import CAPABILITIES, clinics_where
from needlework.accounts.decision import Refused
from needlework.accounts.models import Membership, Role, User
from needlework.accounts.taken import EmailTaken
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from tests.factories import accounts
from tests.factories.accounts import AT, signed_in_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return accounts.member(Role.LEAD)


@pytest.fixture
def marton():
    return accounts.clinic("Marton")


def test_staff_of_other_clinics_do_not_exist(lead, marton):
    stranger = accounts.member(Role.PRACTITIONER, at=marton, name="Tomasz Wolny")
    client = signed_in_client(lead)
    assert "Tomasz Wolny" not in client.get(reverse("staff")).content.decode()
    for name in ("staff-member", "change-staff", "add-role", "add-document", "end-account", "reset-second-factor"):
        assert client.get(reverse(name, args=[stranger.pk])).status_code == 404, name
    assert client.get(reverse("staff-member", args=[uuid4()])).status_code == 404


def test_roles_in_other_clinics_are_not_shown(lead, marton):
    both = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    Membership.objects.create(user=both, clinic=marton, role=Role.LEAD, started_at=AT)
    body = signed_in_client(lead).get(reverse("staff-member", args=[both.pk])).content.decode()
    assert "Linthorpe Road: practitioner" in body
    assert "Marton" not in body


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK, Role.AUDITOR])
def test_only_a_lead_changes_staff(lead, role):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    client = signed_in_client(accounts.member(role, name="Beth Sayer"))
    assert client.get(reverse("staff-member", args=[colleague.pk])).status_code == 200
    for name in ("change-staff", "add-role", "add-document", "end-account", "reset-second-factor"):
        assert client.get(reverse(name, args=[colleague.pk])).status_code == 403, name
    assert client.get(reverse("add-staff")).status_code == 403
    membership = colleague.memberships.get()
    client.post(reverse("end-role", args=[colleague.pk, membership.pk]))
    client.post(reverse("invite-staff", args=[colleague.pk]))
    membership.refresh_from_db()
    assert membership.ended_at is None
    assert not colleague.password_links.exists()


def test_a_lead_gives_and_ends_roles(lead):
    colleague = accounts.member(Role.FRONT_DESK, name="Beth Sayer")
    client = signed_in_client(lead)
    answers = {"clinic": str(accounts.clinic().pk), "roles": ["practitioner", "prescriber"]}
    for _ in range(2):
        assert client.post(reverse("add-role", args=[colleague.pk]), answers).status_code == 302
    assert colleague.memberships.filter(ended_at=None).count() == 3
    desk = colleague.memberships.get(role=Role.FRONT_DESK)
    for _ in range(2):
        client.post(reverse("end-role", args=[colleague.pk, desk.pk]))
    assert colleague.memberships.filter(ended_at=None).count() == 2
    assert Event.objects.filter(verb="role-ended").count() == 1
    assert Event.objects.filter(verb="role-given", actor_id=lead.pk).count() == 2


def test_a_lead_gives_roles_only_in_clinics_they_lead(lead, marton):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    answers = {"clinic": str(marton.pk), "roles": ["lead"]}
    assert signed_in_client(lead).post(reverse("add-role", args=[colleague.pk]), answers).status_code == 422
    with pytest.raises(Refused):
        operations.give_role(user=colleague, clinic=marton, role=Role.LEAD, by=lead, at=AT)
    assert colleague.memberships.count() == 1


def test_the_last_lead_stays_lead(lead):
    client = signed_in_client(lead)
    answer = client.post(reverse("end-role", args=[lead.pk, lead.memberships.get().pk]), follow=True)
    assert "is the only lead of Linthorpe Road" in answer.content.decode()
    assert lead.memberships.get().ended_at is None


def test_a_lead_whose_account_has_ended_does_not_count_as_another_lead(lead):
    other = accounts.member(Role.LEAD, name="Dana Reid")
    operations.end_account(user=other, by=lead, at=AT)
    with pytest.raises(Refused, match="only lead"):
        operations.end_role(membership=lead.memberships.get(), by=lead, at=AT)


def test_the_account_of_a_clinics_last_lead_does_not_end(lead, marton):
    other = accounts.member(Role.LEAD, at=marton, name="Dana Reid")
    Membership.objects.create(user=lead, clinic=marton, role=Role.LEAD, started_at=AT)
    operations.end_account(user=other, by=lead, at=AT)
    with pytest.raises(Refused, match="your own account"):
        operations.end_account(user=lead, by=lead, at=AT)


def test_ending_an_account_is_asked_once_more_and_then_done(lead):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    client = signed_in_client(lead)
    assert "End this account?" in client.get(reverse("end-account", args=[colleague.pk])).content.decode()
    assert client.post(reverse("end-account", args=[colleague.pk])).url == reverse("staff")
    colleague.refresh_from_db()
    assert (colleague.ended_at is not None, colleague.ended_by) == (True, lead)
    assert "Left" in client.get(reverse("staff")).content.decode()


def test_one_address_makes_one_account(lead):
    accounts.member(Role.PRACTITIONER, name="Dana Reid")
    answers = {"id": str(uuid4()), "name": "Another Dana", "email": "DANA.REID@example.test"}
    answers |= {"clinic": str(accounts.clinic().pk), "roles": ["practitioner"]}
    answer = signed_in_client(lead).post(reverse("add-staff"), answers)
    assert answer.status_code == 422
    assert "Another account uses this e-mail address" in answer.content.decode()
    with pytest.raises(EmailTaken):
        operations.add_staff(name="X", email="dana.reid@example.test", roles=[], by=SYSTEM, at=AT)


def test_a_stale_page_changes_nothing(lead):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    client = signed_in_client(lead)
    address = reverse("change-staff", args=[colleague.pk])
    client.post(address, {"version": 1, "name": "Dana Reid-Shaw", "email": colleague.email})
    answer = client.post(address, {"version": 1, "name": "Dana Shaw", "email": colleague.email})
    assert answer.status_code == 422
    assert "Somebody changed" in answer.content.decode()
    colleague.refresh_from_db()
    assert colleague.name == "Dana Reid-Shaw"


def test_saving_without_a_change_records_nothing(lead):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    answers = {"version": 1, "name": colleague.name, "email": colleague.email}
    signed_in_client(lead).post(reverse("change-staff", args=[colleague.pk]), answers)
    assert not Event.objects.filter(verb="staff-changed").exists()


def test_a_lead_sees_where_everybody_stands(lead):
    invited = accounts.member(Role.FRONT_DESK, name="Beth Sayer")
    invited.set_unusable_password()
    invited.save()
    treating = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    body = signed_in_client(lead).get(reverse("staff")).content.decode()
    assert "Invited" in body
    assert f"{treating.name}’s professional registration is not recorded" in body


def test_looking_at_a_colleague_is_recorded(lead):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    signed_in_client(lead).get(reverse("staff-member", args=[colleague.pk]))
    assert Event.objects.filter(verb="viewed", subject_id=str(colleague.pk), actor_id=lead.pk).count() == 1


def test_an_invitation_is_sent_again_and_the_first_link_ends(lead):
    colleague = accounts.member(Role.FRONT_DESK, name="Beth Sayer")
    client = signed_in_client(lead)
    for _ in range(2):
        client.post(reverse("invite-staff", args=[colleague.pk]))
    assert [link.spent_at is None for link in colleague.password_links.order_by("made_at")] == [False, True]


def test_an_address_that_another_account_has_is_not_taken_over(lead):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    answers = {"version": 1, "name": "Dana Reid", "email": lead.email}
    answer = signed_in_client(lead).post(reverse("change-staff", args=[colleague.pk]), answers)
    assert "Another account uses this e-mail address" in answer.content.decode()


def test_a_role_of_somebody_who_is_gone_from_ones_clinics_leads_back_to_the_list(lead):
    colleague = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    membership = colleague.memberships.get()
    answer = signed_in_client(lead).post(reverse("end-role", args=[colleague.pk, membership.pk]))
    assert answer.url == reverse("staff-member", args=[colleague.pk])
    assert "Left" in signed_in_client(lead).get(answer.url).content.decode()


HELD = st.lists(st.tuples(st.booleans(), st.sampled_from(list(Role))), min_size=1, max_size=8, unique=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HELD, st.integers(0, 7))
def test_ending_a_role_in_the_database_never_raises_a_right(lead, marton, held, which):
    Membership.objects.get_or_create(user=lead, clinic=marton, role=Role.LEAD, started_at=AT)
    lead.roles_in_force = None
    colleague = accounts.user(name="Dana Reid", email=f"{uuid4().hex}@example.test")
    for there, role in held:
        place = marton if there else accounts.clinic()
        operations.give_role(user=colleague, clinic=place, role=role, by=lead, at=AT)
    before = {name: clinics_where(User.objects.get(pk=colleague.pk), name) for name in CAPABILITIES}
    rows = list(colleague.memberships.order_by("clinic__name", "role"))
    operations.end_role(membership=rows[which % len(rows)], by=lead, at=AT)
    after = {name: clinics_where(User.objects.get(pk=colleague.pk), name) for name in CAPABILITIES}
    assert all(after[name] <= before[name] for name in CAPABILITIES)
