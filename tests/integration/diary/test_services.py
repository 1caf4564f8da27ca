"""Services, rooms and devices, and the rules of a clinic's diary."""

from dataclasses import replace
from uuid import uuid4

import pytest

from needlework.accounts.decision import Refused
from needlework.accounts.models import Clinic, Role, User
from needlework.audit.models import Event
from needlework.diary.models import DiaryRules, Resource, ResourceKind, Service
from needlework.diary.operations import resources, services, settings
from needlework.diary.problems import NotDoneError, StaleError
from needlework.diary.queries.rules import rules_of
from needlework.diary.terms import Terms
from needlework.diary.wrong import WrongError
from tests.factories import accounts, diary, patients

pytestmark = pytest.mark.django_db

AT = diary.AT
FACE = Terms(
    name="Microneedling, face",
    minutes=60,
    price_pence=18000,
    course_price_pence=48000,
    course_sessions=3,
    room_type="Treatment room",
    device_type="Pen",
    consultation_first=True,
)


@pytest.fixture
def here() -> Clinic:
    return accounts.clinic()


@pytest.fixture
def lead(here: Clinic) -> User:
    return patients.lead(here)


@pytest.fixture
def amira(here: Clinic) -> User:
    return accounts.member(Role.PRACTITIONER, at=here)


def offered(clinic: Clinic, by: User, *people: User, terms: Terms = FACE) -> Service:
    return services.add_service(service_id=uuid4(), clinic=clinic, terms=terms, performers=people, by=by, at=AT)


def test_a_service_is_offered_by_people_who_become_resources(here: Clinic, lead: User, amira: User) -> None:
    service = offered(here, lead, amira)
    assert [resource.user for resource in service.performers.all()] == [amira]
    assert (service.room_type, service.device_type, service.deposit_pence) == ("treatment room", "pen", 0)
    again = services.add_service(service_id=service.pk, clinic=here, terms=FACE, performers=[], by=lead, at=AT)
    assert again == service
    assert Event.objects.filter(verb="service-added").count() == 1


def test_terms_change_with_their_event_and_only_as_somebody_saw_them(here: Clinic, lead: User, amira: User) -> None:
    service = offered(here, lead, amira)
    ben = accounts.member(Role.PRESCRIBER, at=here, name="Ben Okafor")
    common = {"service": service, "performers": [ben], "by": lead, "at": AT}
    services.change_service(**common, version=1, terms=replace(FACE, minutes=75, room_type="treatment room"))
    service.refresh_from_db()
    assert (service.minutes, service.version) == (75, 2)
    assert [resource.user for resource in service.performers.all()] == [ben]
    assert set(Event.objects.get(verb="service-changed").fields) == {"minutes", "performers"}
    with pytest.raises(StaleError):
        services.change_service(**common, version=1, terms=FACE)
    for _ in range(2):
        services.end_service(service=service, by=lead, at=AT)
    assert Event.objects.filter(verb="service-ended").count() == 1
    with pytest.raises(StaleError):
        services.change_service(**common, version=2, terms=FACE)
    assert offered(here, lead, amira).name == service.name


@pytest.mark.parametrize(
    ("field", "terms", "sentence"),
    [
        ("minutes", {"minutes": 0}, "in steps of 5 minutes, from 5 minutes to 8 hours"),
        ("minutes", {"minutes": 42}, "in steps of 5 minutes"),
        ("minutes", {"minutes": 540}, "in steps of 5 minutes"),
        ("deposit_pence", {"deposit_pence": 18001}, "The deposit is more than the price of £180.00"),
        ("course_sessions", {"course_sessions": None}, "Enter both the price of a course and how many sessions"),
        ("course_sessions", {"course_sessions": 1}, "A course has 2 to 24 sessions"),
        ("consultation_first", {"is_consultation": True}, "A consultation cannot ask for a consultation first"),
        ("name", {"name": ""}, "Enter what the service is called"),
        ("name", {"name": "Peel"}, "Linthorpe Road offers “Peel” already"),
    ],
)
def test_terms_that_cannot_be_kept_are_told_by_field(
    here: Clinic, lead: User, amira: User, field: str, terms: dict[str, object], sentence: str
) -> None:
    diary.service(here, "Peel")
    with pytest.raises(WrongError, match=sentence) as refused:
        offered(here, lead, amira, terms=replace(FACE, **terms))
    assert field in refused.value.faults
    assert Service.objects.count() == 1


def test_somebody_of_the_clinic_must_offer_it(here: Clinic, lead: User, amira: User) -> None:
    with pytest.raises(WrongError, match="Choose who offers it: at least one person"):
        offered(here, lead)
    beth = accounts.member(Role.FRONT_DESK, at=here, name="Beth Sayer")
    with pytest.raises(NotDoneError, match="Beth Sayer is no practitioner at Linthorpe Road"):
        offered(here, lead, amira, beth)
    with pytest.raises(Refused):
        offered(here, amira, amira)
    assert not Service.objects.exists()


def added(clinic: Clinic, by: User, **changed: object) -> Resource:
    own = {"kind": ResourceKind.ROOM, "name": "Room 1", "sort": "Treatment room", "clean_down_minutes": 10} | changed
    return resources.add_resource(clinic=clinic, by=by, at=AT, **own)


def test_a_room_is_added_once_changed_and_ended_but_never_deleted(here: Clinic, lead: User) -> None:
    room = added(here, lead)
    assert added(here, lead) == room
    changed = {"name": "Garden room", "sort": "Treatment room", "clean_down_minutes": 15, "by": lead, "at": AT}
    resources.change_resource(resource=room, version=1, **changed)
    with pytest.raises(StaleError):
        resources.change_resource(resource=room, version=1, **changed)
    for _ in range(2):
        resources.end_resource(resource=room, by=lead, at=AT)
    room.refresh_from_db()
    assert (room.name, room.type, room.clean_down_minutes, room.ended_by) == (
        "Garden room",
        "treatment room",
        15,
        lead,
    )
    assert [event.verb for event in Event.objects.filter(subject_kind="resource").order_by("pk")] == [
        "resource-added",
        "resource-changed",
        "resource-ended",
    ]


@pytest.mark.parametrize(
    ("field", "changed", "sentence"),
    [
        ("name", {"clean_down_minutes": 5}, "There is a room called “Room 1” already"),
        ("kind", {"kind": "patient", "name": "Jo"}, "Choose whether it is a room or a device"),
        ("sort", {"name": "Room 2", "sort": ""}, "Enter what sort it is"),
        ("clean_down_minutes", {"name": "Room 2", "clean_down_minutes": 7}, "in steps of 5 minutes, from 0 to 120"),
        ("clean_down_minutes", {"name": "Room 2", "clean_down_minutes": 125}, "in steps of 5 minutes, from 0 to 120"),
    ],
)
def test_a_room_that_cannot_be_kept_is_told_by_field(
    here: Clinic, lead: User, field: str, changed: dict[str, object], sentence: str
) -> None:
    added(here, lead)
    with pytest.raises(WrongError, match=sentence) as refused:
        added(here, lead, **changed)
    assert list(refused.value.faults) == [field]


def test_a_person_is_no_room_to_be_changed_or_ended(here: Clinic, lead: User, amira: User) -> None:
    with pytest.raises(LookupError):
        resources.end_resource(resource=resources.resource_of(amira), by=lead, at=AT)


def test_rules_begin_with_the_defaults_and_change_as_somebody_saw_them(here: Clinic, lead: User) -> None:
    assert (rules_of(here).time_zone, rules_of(here).version) == ("Europe/London", 1)
    changes = {"grid_minutes": 30, "notice_hours": 48}
    common = {"clinic": here, "by": lead, "at": AT}
    settings.change_rules(**common, version=1, changes=changes)
    settings.change_rules(**common, version=2, changes=changes)
    assert (rules_of(here).grid_minutes, rules_of(here).version) == (30, 2)
    assert Event.objects.get(verb="diary-rules-changed").fields == ["grid_minutes", "notice_hours"]
    with pytest.raises(StaleError):
        settings.change_rules(**common, version=1, changes={"notice_hours": 1})


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("time_zone", "Europe/Lodnon", "There is no time zone “Europe/Lodnon”. Enter one like Europe/London"),
        ("grid_minutes", 7, "Choose how often appointments begin"),
        ("hold_minutes", 1, "a whole number from 2 to 60"),
        ("horizon_days", 400, "a whole number from 1 to 366"),
        ("second_reminder_hours", 1000, "or 0 for no reminder: a whole number from 0 to 720"),
    ],
)
def test_rules_that_cannot_be_kept_are_told_by_field(
    here: Clinic, lead: User, field: str, value: object, sentence: str
) -> None:
    with pytest.raises(WrongError, match=sentence) as refused:
        settings.change_rules(clinic=here, version=1, changes={field: value}, by=lead, at=AT)
    assert list(refused.value.faults) == [field]
    assert not DiaryRules.objects.exists()
