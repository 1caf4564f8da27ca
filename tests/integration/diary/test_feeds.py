"""Private addresses from which calendar programs read, and the files that are downloaded."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role, User
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from needlework.diary import operations, tokens
from needlework.diary.models import CalendarFeed, DiaryRules
from needlework.diary.operations.feeds import end_feed, make_feed
from needlework.diary.people import VisitorDetails
from needlework.patients.operations import merge_patients
from tests.factories import accounts, diary
from tests.integration.authorisation.cast import signed_in_patient

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAM = VisitorDetails("Sam", "Reyes", "sam@example.test")


@pytest.fixture
def there(db):
    return diary.clinic_with_diary()


@pytest.fixture(autouse=True)
def it_is_sunday(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


def book(there, begins=TEN, **more):
    own = {"appointment_id": uuid4(), "service": there.treatment, "patient": there.patient, "by": there.lead, "at": AT}
    return operations.book_appointment(begins=begins, **{"practitioner": there.amira} | own | more)


def feed_of(owner, *, at=AT) -> str:
    """Make somebody's feed and return its address."""
    feed = make_feed(feed_id=uuid4(), by=owner, at=at)
    return reverse("calendar", args=[tokens.token_of("feed", feed.pk)])


def read(address: str) -> list[icalendar.Event]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


class TestAPractitionersFeed:
    def test_shows_initials_and_where_and_never_what_for(self, there):
        held = operations.hold_slot(service=there.treatment, begins=TEN, practitioner=there.amira, by=SYSTEM, at=AT)
        operations.confirm_hold(hold_id=held.pk, visitor=SAM, note="my scars", by=SYSTEM, at=AT)
        book(there, TEN + 2 * HOUR + HOUR)
        book(there, practitioner=there.ben, begins=TEN + 5 * HOUR)
        address = feed_of(there.amira.user)
        events = read(address)
        assert [event["SUMMARY"] for event in events] == ["S. R., Linthorpe Road", "J. E., Linthorpe Road"]
        assert [event.decoded("DTSTART") for event in events] == [TEN, TEN + 3 * HOUR]
        content = Client().get(address).content.decode()
        for private in ("Reyes", "Ellison", "needling", "scars", "http"):
            assert private not in content

    def test_shows_names_where_the_clinic_says_so(self, there):
        book(there)
        DiaryRules.objects.create(clinic=there.clinic, private_feeds=False)
        assert [event["SUMMARY"] for event in read(feed_of(there.amira.user))] == ["Jo Ellison, Linthorpe Road"]

    def test_follows_a_move_and_marks_what_was_cancelled(self, there):
        address, appointment = feed_of(there.amira.user), book(there)
        [before] = read(address)
        common = {"by": there.lead, "at": AT + HOUR}
        operations.move_appointment(appointment=appointment, begins=TEN + DAY, sequence=0, **common)
        [moved] = read(address)
        operations.cancel_appointment(appointment=appointment, sequence=1, **common)
        [cancelled] = read(address)
        assert before["UID"] == moved["UID"] == cancelled["UID"]
        assert [event["SEQUENCE"] for event in (before, moved, cancelled)] == [0, 1, 2]
        assert (moved.decoded("DTSTART"), moved.decoded("DTSTAMP")) == (TEN + DAY, AT + HOUR)
        assert [event["STATUS"] for event in (moved, cancelled)] == ["CONFIRMED", "CANCELLED"]

    def test_reaches_sixty_days_back(self, there, monkeypatch):
        address = feed_of(there.amira.user)
        book(there)
        gone = book(there, begins=TEN + 7 * DAY)
        operations.cancel_appointment(appointment=gone, sequence=0, by=there.lead, at=AT)
        monkeypatch.setattr(timezone, "now", lambda: AT + 60 * DAY)
        assert len(read(address)) == 2
        monkeypatch.setattr(timezone, "now", lambda: TEN + 60 * DAY)
        assert [event["STATUS"] for event in read(address)] == ["CONFIRMED"]
        monkeypatch.setattr(timezone, "now", lambda: TEN + 60 * DAY + HOUR)
        assert read(address) == []

    def test_forgets_what_was_cancelled_long_ago_though_it_was_to_come(self, there, monkeypatch):
        address, far = feed_of(there.amira.user), book(there, begins=TEN + 70 * DAY)
        operations.cancel_appointment(appointment=far, sequence=0, by=there.lead, at=AT)
        monkeypatch.setattr(timezone, "now", lambda: AT + 61 * DAY)
        assert read(address) == []

    def test_ends_at_the_clinic_where_somebody_works_no_longer(self, there):
        book(there)
        address = feed_of(there.amira.user)
        accounts.Membership.objects.filter(user=there.amira.user).update(ended_at=AT, ended_by=there.lead)
        assert read(address) == []

    def test_is_gone_when_its_owner_has_left(self, there):
        address = feed_of(there.amira.user)
        User.objects.filter(pk=there.amira.user.pk).update(ended_at=AT, ended_by=there.lead)
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert "ask for a new address" in answer.content.decode()


class TestAPatientsFeed:
    def test_says_what_with_whom_and_where_to_change_it(self, there, settings):
        appointment = book(there)
        book(there, begins=TEN + DAY, patient=diary.patients.patient(family_name="Other"))
        [event] = read(feed_of(there.patient))
        link = settings.ADDRESS + reverse("appointment-private", args=[tokens.token_of("appointment", appointment.pk)])
        assert event["SUMMARY"] == "Appointment at Linthorpe Road"
        assert event["DESCRIPTION"] == f"Microneedling, face with Amira Khan\nSee, move or cancel: {link}"
        assert event["URL"] == link


class TestAnAddress:
    def test_is_made_once_renewed_and_ended(self, there):
        user, feed_id = there.amira.user, uuid4()
        first = make_feed(feed_id=feed_id, by=user, at=AT)
        assert make_feed(feed_id=feed_id, by=user, at=AT + HOUR) == first
        old = reverse("calendar", args=[tokens.token_of("feed", feed_id)])
        new = feed_of(user, at=AT + HOUR)
        assert Client().get(old).status_code == 404
        assert Client().get(new).status_code == 200
        for _ in range(2):
            end_feed(by=user, at=AT + 2 * HOUR)
        assert Client().get(new).status_code == 404
        verbs = Event.objects.filter(subject_kind="calendarfeed").order_by("id").values_list("verb", flat=True)
        assert list(verbs) == ["feed-made", "feed-ended", "feed-made", "feed-ended"]

    def test_of_a_merged_record_ends_with_that_of_the_other(self, there):
        twin = diary.patients.patient(there.clinic, family_name="Elison")
        old = [feed_of(owner, at=AT + number * HOUR) for number, owner in enumerate((there.patient, twin))]
        merge_patients(kept=there.patient, merged=twin, by=there.lead, at=AT)
        new = feed_of(there.patient, at=AT + 2 * HOUR)
        assert [Client().get(address).status_code for address in (*old, new)] == [404, 404, 200]

    def test_is_not_stored(self, there):
        feed = make_feed(feed_id=uuid4(), by=there.patient, at=AT)
        assert tokens.token_of("feed", feed.pk) not in str(CalendarFeed.objects.filter(pk=feed.pk).values())

    def test_is_not_for_staff_who_see_no_diary(self, there):
        with pytest.raises(Refused):
            make_feed(feed_id=uuid4(), by=accounts.member(Role.AUDITOR, name="Ada Audit"), at=AT)

    @pytest.mark.parametrize("owner", ["nobody", "both", "twice"])
    def test_belongs_to_one_person_who_has_one(self, there, owner):
        one = {"made_at": AT, "token_hash": "a"}
        rows = {
            "nobody": [one],
            "both": [one | {"user": there.lead, "patient": there.patient}],
            "twice": [one | {"user": there.lead}, one | {"token_hash": "b", "user": there.lead}],
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            for row in rows[owner]:
                CalendarFeed.objects.create(**row)


class TestReadingAgain:
    def test_brings_nothing_where_nothing_changed(self, there):
        book(there)
        address, program = feed_of(there.amira.user), Client()
        first = program.get(address)
        assert first["Cache-Control"] == "private, no-cache"
        assert first["Last-Modified"] == "Sun, 22 Nov 2026 09:00:00 GMT"
        same = program.get(address, headers={"If-None-Match": first["ETag"]})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
        assert program.head(address).status_code == 200

    def test_brings_everything_where_a_clinic_changed_its_mind_on_names(self, there):
        book(there)
        address, program = feed_of(there.amira.user), Client()
        first = program.get(address)
        DiaryRules.objects.create(clinic=there.clinic, private_feeds=False)
        dated = {"If-Modified-Since": first["Last-Modified"]}
        assert program.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
        assert program.get(address, headers=dated).status_code == 200


class TestDownloading:
    def test_by_the_private_link(self, there):
        appointment = book(there)
        address = reverse("appointment-ics", args=[tokens.token_of("appointment", appointment.pk)])
        answer = Client().get(address)
        assert answer["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="appointment.ics"'
        [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        assert event.decoded("DTSTART") == TEN
        operations.cancel_appointment(appointment=appointment, sequence=0, by=there.lead, at=AT)
        assert Client().get(address)["Content-Type"] == "text/calendar; method=CANCEL; charset=utf-8"
        assert Client().get(reverse("appointment-ics", args=["unknown"])).status_code == 404

    def test_by_the_signed_in_patient(self, there):
        there.patient.email = "jo@example.test"
        there.patient.save()
        own, other = book(there), book(there, begins=TEN + DAY, patient=diary.patients.patient(family_name="Other"))
        browser = signed_in_patient(there.patient)
        assert browser.get(reverse("me-appointment-ics", args=[own.pk])).status_code == 200
        assert browser.get(reverse("me-appointment-ics", args=[other.pk])).status_code == 404


class TestThePages:
    @pytest.fixture(params=["staff", "patient"])
    def browser(self, request, there):
        if request.param == "staff":
            return accounts.signed_in_client(there.amira.user), "", "account"
        there.patient.email = "jo@example.test"
        there.patient.save()
        return signed_in_patient(there.patient), "me-", "me-appointments"

    def test_make_show_renew_and_end_an_address(self, browser, settings):
        client, me, back = browser
        page = client.get(reverse(f"{me}feed")).content.decode()
        assert "You have none yet" in page
        assert reverse(back) in page
        shown = []
        for _ in range(2):
            made = client.post(reverse(f"{me}make-feed"), {"id": str(uuid4())}, follow=True).content.decode()
            assert "Your private address is made" in made
            feed = CalendarFeed.objects.get(ended_at=None)
            shown.append(settings.ADDRESS + reverse("calendar", args=[tokens.token_of("feed", feed.pk)]))
            assert shown[-1] in made
            assert f'href="webcal:{shown[-1].partition(":")[2]}"' in made
        assert shown[0] not in made
        assert "ended" in client.post(reverse(f"{me}end-feed"), follow=True).content.decode()
        assert not CalendarFeed.objects.filter(ended_at=None).exists()

    def test_send_back_whoever_sends_no_id(self, browser):
        client, me, _ = browser
        assert client.post(reverse(f"{me}make-feed")).url == reverse(f"{me}feed")
        assert not CalendarFeed.objects.exists()

    def test_are_listed_on_the_account_page_of_who_sees_a_diary(self, there):
        address = reverse("feed")
        assert address in accounts.signed_in_client(there.lead).get(reverse("account")).content.decode()
        auditor = accounts.member(Role.AUDITOR, name="Ada Audit")
        assert address not in accounts.signed_in_client(auditor).get(reverse("account")).content.decode()
