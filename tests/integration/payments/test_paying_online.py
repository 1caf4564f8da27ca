"""Paying on the provider's page, and what becomes of it: open, paid, ended, told twice, never told, nobody there."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.payments import duties, operations, paying, queries
from needlework.payments.hosted import checkout as hosted
from needlework.payments.hosted.base import RefusedError, UnreachableError, page_of
from needlework.payments.hosted.setup import configured
from needlework.payments.hosted.signing import signed
from needlework.payments.models import Checkout, Kind, Method
from needlework.payments.problems import NotDoneError
from tests.factories import payments
from tests.factories.payments import AT, PAYER, REFERENCE, WEBHOOK_SECRET
from tests.providers import free_port

pytestmark = pytest.mark.django_db
HEARD = "/payments/heard/"


def paid():
    return [entry.amount_pence for entry in queries.entries_of([REFERENCE]) if entry.kind == Kind.PAYMENT]


class TestThePage:
    def test_a_page_is_made_once_for_an_amount(self, trial):
        first, second = payments.begin(), payments.begin()
        assert first == second
        assert payments.begin(4000) != first
        (session, _) = trial.sessions.values()
        shown = {name: session[name] for name in ("amount_total", "currency", "words", "client_reference_id")}
        assert shown == {
            "amount_total": 5000,
            "currency": "gbp",
            "words": "Payment to Linthorpe Road",
            "client_reference_id": str(first.pk),
        }
        assert str(PAYER) not in json.dumps(session)
        # the answer was lost before it was kept: the same page is found again
        Checkout.objects.filter(pk=first.pk).update(page="", provider_reference="")
        assert payments.begin().page == first.page

    def test_a_page_with_little_time_left_is_replaced(self, trial):
        now = timezone.now()
        old = payments.begin(at=now - timedelta(minutes=30))
        assert payments.begin(at=now) != old

    def test_ours_leads_on_by_a_link_and_says_what_became_of_it(self, trial, client):
        checkout = payments.begin()
        address = reverse("pay", args=[queries.token_for(checkout)])
        assert f'href="{checkout.page}"' in client.get(address).content.decode()
        assert "has not arrived yet" in client.post(address, follow=True).content.decode()
        trial.pay(checkout.provider_reference)
        assert "Go on to pay" in client.get(address).content.decode()  # coming back proves nothing
        assert paid() == []
        assert "It has arrived" in client.post(address, follow=True).content.decode()
        assert paid() == [5000]

    def test_ours_says_when_the_page_is_over(self, trial, client):
        checkout = payments.begin()
        trial.expire(checkout.provider_reference)
        address = reverse("pay", args=[queries.token_for(checkout)])
        assert "Nothing was paid on this page" in client.post(address, follow=True).content.decode()
        assert client.get(reverse("pay", args=["0" * 64])).status_code == 410

    def test_without_a_provider_nothing_can_be_begun_and_a_page_stays_readable(self, trial, settings, client):
        checkout = payments.begin()
        settings.PAYMENTS_URL = ""
        assert not paying.can_pay_online()
        with pytest.raises(NotDoneError, match="not set up here"):
            payments.begin(4000)
        assert client.get(reverse("pay", args=[queries.token_for(checkout)])).status_code == 200
        assert paying.ask(checkout, at=AT) == checkout


class TestBeingTold:
    def test_a_payment_is_written_once_however_often_it_is_told(self, trial):
        checkout = payments.begin()
        trial.pay(checkout.provider_reference)
        body = payments.told(trial, "checkout.session.completed", checkout)
        assert [
            payments.tell(body),
            payments.tell(body),
            payments.tell(payments.told(trial, "checkout.session.expired", checkout)),
        ] == [200, 200, 200]
        paying.ask(Checkout.objects.get(), at=timezone.now())
        entry = queries.entries_of([REFERENCE]).get()
        payment = f"pi_{checkout.provider_reference}"
        assert (entry.amount_pence, entry.method, entry.provider_reference) == (5000, Method.ONLINE, payment)
        assert (entry.payer, entry.recorded_by_kind) == (PAYER, "system")

    def test_two_pages_paid_are_two_payments_and_show_as_too_much(self, trial):
        payments.charge(5000)
        for checkout in (payments.begin(5000), payments.begin(4999)):
            trial.pay(checkout.provider_reference)
            payments.tell(payments.told(trial, "checkout.session.completed", checkout))
        assert (paid(), queries.balance(REFERENCE).over) == ([5000, 4999], 4999)

    def test_a_page_that_ended_is_no_payment_and_money_that_comes_after_all_is(self, trial):
        checkout = payments.begin()
        trial.expire(checkout.provider_reference)
        payments.tell(payments.told(trial, "checkout.session.expired", checkout))
        assert (Checkout.objects.get().state, paid()) == ("ended", [])
        trial.sessions[checkout.provider_reference]["status"] = "open"
        trial.pay(checkout.provider_reference)
        payments.tell(payments.told(trial, "checkout.session.async_payment_succeeded", checkout))
        assert (Checkout.objects.get().state, paid()) == ("paid", [5000])

    def test_what_is_not_paid_yet_in_pounds_or_by_a_payment_does_not_count(self, trial):
        checkout = payments.begin()
        session = trial.sessions[checkout.provider_reference]
        for changed in (
            {"status": "complete"},
            {"payment_status": "paid", "currency": "eur", "payment_intent": "pi"},
            {"currency": "gbp", "payment_intent": None},
        ):
            session.update(changed)
            assert payments.tell(payments.told(trial, "checkout.session.completed", checkout)) == 200
        assert (Checkout.objects.get().state, paid()) == ("open", [])

    def test_what_is_not_for_us_is_taken_in_and_left_alone(self, trial):
        checkout = payments.begin()
        about = {**trial.sessions[checkout.provider_reference], "id": "cs_of_somebody_else"}
        for body in (
            trial.event("payout.paid", {}),
            trial.event("checkout.session.completed", about),
            trial.event("checkout.session.completed", {"id": "cs_1", "amount_total": None}),
            trial.event("refund.failed", {"status": "failed", "metadata": {"refund": "not ours"}}),
            trial.event("refund.failed", {"status": "failed", "metadata": {"refund": str(uuid4())}}),
            trial.event("refund.updated", {"status": "pending"}),
            b'{"type": "checkout.session.completed", "data": []}',
        ):
            assert payments.tell(body) == 200
        assert paid() == []

    def test_a_message_with_another_signature_or_an_old_one_is_refused(self, trial):
        checkout = payments.begin()
        trial.pay(checkout.provider_reference)
        body = payments.told(trial, "checkout.session.completed", checkout)
        late, early = (timezone.now() + timedelta(minutes=minutes) for minutes in (6, -6))
        assert [
            payments.tell(body, "another"),
            payments.tell(body, at=late),
            payments.tell(body, at=early),
            payments.tell(b"no JSON"),
        ] == [403] * 4
        for header in ("", "t=,v1=", "t=1e9,v1=0", "v1=0", f"t={'9' * 13},v1=0", "t=٣,v1=0", "t=1,v1=ü"):
            answer = Client().post(HEARD, body, content_type="application/json", HTTP_STRIPE_SIGNATURE=header)
            assert answer.status_code == 403
        assert Client().get(HEARD).status_code == 405
        assert paid() == []

    def test_one_good_signature_among_several_is_enough(self, trial):
        body = trial.event("payout.paid", {})
        header = signed(body, WEBHOOK_SECRET, at=timezone.now()).replace(",v1=", ",v1=old,v1=")
        answer = Client().post(HEARD, body, content_type="application/json", HTTP_STRIPE_SIGNATURE=header)
        assert answer.status_code == 200


class TestAsking:
    def test_the_worker_asks_about_what_nobody_told_us(self, trial):
        checkout = payments.begin()
        trial.pay(checkout.provider_reference)
        duties.ask_about_checkouts(payments.task("ask-about-checkouts", at=timezone.now()))
        assert paid() == [5000]
        assert list(queries.open_checkouts(at=timezone.now())) == []

    def test_nobody_is_asked_for_ever(self, trial):
        payments.begin(at=AT)
        assert [queries.open_checkouts(at=AT + timedelta(days=days)).count() for days in (2, 4)] == [1, 0]

    def test_a_provider_that_is_down_leaves_everything_as_it_is(self, trial, settings):
        checkout = payments.begin()
        settings.PAYMENTS_URL = f"http://127.0.0.1:{free_port()}"
        assert paying.ask(checkout, at=AT).state == "open"
        with pytest.raises(NotDoneError, match="Nothing was paid, and everything booked stands"):
            payments.begin(4000)
        settings.PAYMENTS_URL = trial.address
        assert payments.begin(4000).page  # the same checkout, under the same key
        assert Checkout.objects.count() == len(trial.sessions) == 2

    def test_a_secret_that_is_wrong_is_no_refusal(self, trial, settings):
        settings.PAYMENTS_SECRET = "another"
        with pytest.raises(UnreachableError, match="401"):
            configured().ask("cs_1")
        settings.PAYMENTS_SECRET = payments.SECRET
        with pytest.raises(RefusedError, match="No such checkout session"):
            configured().ask("cs_1")

    @pytest.mark.parametrize(
        ("status", "body", "raised"),
        [
            (200, b"<html>", UnreachableError),
            (200, b"[]", UnreachableError),
            (500, b"{}", UnreachableError),
            (429, b"{}", UnreachableError),
            (302, b"", UnreachableError),
            (400, b"<html>", UnreachableError),
            (400, b"{}", RefusedError),
        ],
    )
    def test_what_an_answer_means(self, status, body, raised):
        with pytest.raises(raised):
            hosted.understood(status, body)

    def test_an_answer_that_is_no_session_is_no_answer(self):
        with pytest.raises(UnreachableError):
            page_of({"id": "cs_1"})


def test_settling_needs_something_to_settle(trial):
    checkout = payments.begin()
    page = page_of(trial.sessions[checkout.provider_reference])
    with transaction.atomic():
        assert operations.settle_checkout(checkout=checkout, page=page, at=AT).state == "open"
