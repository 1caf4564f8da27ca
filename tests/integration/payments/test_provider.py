"""The payment provider: paying back through it, setting it up, and the trial one."""

import json
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from needlework.payments import duties, queries
from needlework.payments.checks import provider_can_be_used
from needlework.payments.hosted.setup import configured, problems
from needlework.payments.hosted.signing import is_signed
from needlework.payments.models import Kind, Method
from needlework.work.kinds import Retry
from needlework.work.models import Job
from tests.factories import payments
from tests.factories.payments import AT, REFERENCE, WEBHOOK_SECRET
from tests.providers import SmsProvider, free_port, sms_provider

pytestmark = pytest.mark.django_db
HEARD = "/payments/heard/"


class TestPayingBack:
    @pytest.fixture
    def payment(self, trial):
        payments.charge(5000)
        trial.pay(payments.begin().provider_reference)
        duties.ask_about_checkouts(payments.task("ask-about-checkouts", at=timezone.now()))
        return queries.entries_of([REFERENCE]).get(kind=Kind.PAYMENT)

    def refund(self, payment, amount_pence=2000):
        made = payments.refund(payment, amount_pence, method=Method.ONLINE)
        assert Job.objects.get(key=f"refund-online:{made.pk}").subject == {"refund": str(made.pk)}
        return made

    def test_it_goes_back_through_the_provider_once(self, trial, payment):
        made = self.refund(payment)
        for _ in range(2):
            assert duties.refund_online(payments.task(refund=str(made.pk))) is None
        (one,) = trial.refunds.values()
        assert (one["amount"], one["payment_intent"]) == (2000, payment.provider_reference)
        assert queries.balance(REFERENCE).kept == 3000

    def test_what_the_provider_refuses_is_written_down_and_owed_again(self, trial, payment):
        trial.refunds["in the provider's own pages"] = {"payment_intent": payment.provider_reference, "amount": 5000}
        made = self.refund(payment)
        duties.refund_online(payments.task(refund=str(made.pk)))
        failed = queries.entries_of([REFERENCE]).get(kind=Kind.FAILED_REFUND)
        assert (failed.of, failed.reason, failed.method) == (made, "That is more than was paid", Method.ONLINE)
        assert queries.balance(REFERENCE).kept == 5000

    def test_one_that_fails_at_once_or_days_later_is_written_down_once(self, trial, payment):
        made = self.refund(payment)
        trial.refunds[str(made.pk)] = {"status": "failed", "failure_reason": "lost_or_stolen_card"}
        duties.refund_online(payments.task(refund=str(made.pk)))
        about = {"status": "failed", "failure_reason": "later", "metadata": {"refund": str(made.pk)}}
        assert payments.tell(trial.event("refund.failed", about)) == 200
        assert payments.tell(trial.event("refund.failed", {**about, "metadata": {"refund": str(payment.pk)}})) == 200
        failed = queries.entries_of([REFERENCE]).get(kind=Kind.FAILED_REFUND)
        assert failed.reason == "lost_or_stolen_card"

    def test_it_waits_for_a_provider_who_is_away_but_not_until_a_key_means_nothing(self, trial, payment, settings):
        made = self.refund(payment)
        settings.PAYMENTS_URL = f"http://127.0.0.1:{free_port()}"
        assert duties.refund_online(payments.task(refund=str(made.pk))) == Retry(AT + timedelta(minutes=5))
        settings.PAYMENTS_URL = ""
        assert duties.refund_online(payments.task(refund=str(made.pk))) == Retry(AT + timedelta(minutes=5))
        with pytest.raises(TimeoutError, match="Look there"):
            duties.refund_online(payments.task(refund=str(made.pk), at=AT + timedelta(hours=21)))
        with pytest.raises(LookupError):
            duties.refund_online(payments.task(refund=str(uuid4())))


class TestSettingUp:
    @pytest.fixture(autouse=True)
    def nothing_set_up(self, settings):
        settings.DEMO = False
        settings.PAYMENTS_URL = settings.PAYMENTS_SECRET = settings.PAYMENTS_WEBHOOK_SECRET = ""

    def test_nothing_set_up_is_nothing_wrong(self):
        assert (configured(), problems()) == (None, [])

    def test_what_is_set_up_is_used_and_its_secrets_are_not_shown(self, settings):
        settings.PAYMENTS_URL = "https://payments.example.org"
        settings.PAYMENTS_SECRET, settings.PAYMENTS_WEBHOOK_SECRET = "top-secret", "top-secret-too"
        assert (configured().name, problems()) == ("payments.example.org", [])
        assert "top-secret" not in repr(configured())

    def test_the_demo_takes_a_trial_on_its_own_machine_alone(self, settings):
        settings.DEMO, settings.PAYMENTS_URL = True, "https://payments.example.org"
        assert configured() is None
        settings.PAYMENTS_URL = "http://127.0.0.1:8020"
        assert configured().name == "127.0.0.1"

    @pytest.mark.parametrize(
        ("url", "secrets", "sentence"),
        [
            ("payments.example.org", ("s", "w"), "Write NEEDLEWORK_PAYMENTS_URL like"),
            ("https://payments.example.org:port", ("s", "w"), "Write NEEDLEWORK_PAYMENTS_URL like"),
            ("http://payments.example.org", ("s", "w"), "sends in the clear"),
            ("http://localhost:8020", ("", "w"), "Set NEEDLEWORK_PAYMENTS_SECRET"),
            ("https://payments.example.org", ("s", "w\n"), "Set NEEDLEWORK_PAYMENTS_WEBHOOK_SECRET"),
        ],
    )
    def test_what_is_wrong_is_said_before_anything_starts(self, settings, url, secrets, sentence):
        settings.PAYMENTS_URL, (settings.PAYMENTS_SECRET, settings.PAYMENTS_WEBHOOK_SECRET) = url, secrets
        (problem,) = problems()
        assert sentence in problem
        assert [error.msg for error in provider_can_be_used()] == [problem]


class TestTheTrial:
    """The trial provider's own pages, for people who try it out."""

    def ask(self, trial, method, path, body=None):
        connection = HTTPConnection("127.0.0.1", urlsplit(trial.address).port)
        connection.request(method, path, body)
        answer = connection.getresponse()
        said = answer.status, answer.headers.get("Location"), answer.read().decode()
        connection.close()
        return said

    def test_somebody_pays_or_does_not(self, trial):
        checkout = payments.begin()
        path = urlsplit(checkout.page).path
        back = reverse("pay", args=[queries.token_for(checkout)])
        assert "A trial: no money moves" in self.ask(trial, "GET", path)[2]
        status, onwards, _ = self.ask(trial, "POST", path, "do=leave")
        assert (status, urlsplit(onwards).path) == (303, back)
        assert trial.sessions[checkout.provider_reference]["status"] == "open"
        assert urlsplit(self.ask(trial, "POST", path, "do=pay")[1]).path == back
        trial.pay(checkout.provider_reference)
        assert trial.sessions[checkout.provider_reference]["payment_status"] == "paid"
        assert [self.ask(trial, "GET", path)[0], self.ask(trial, "POST", "/pay/other", "do=pay")[0]] == [410, 410]

    def test_it_tells_the_clinic_and_does_not_mind_when_nobody_listens(self, trial):
        trial.tell = f"http://127.0.0.1:{free_port()}{HEARD}"
        assert trial.send(b"{}") == 0
        clinic = SmsProvider()
        with sms_provider(clinic) as trial.tell:
            assert trial.send(trial.event("payout.paid", {})) == 202
        (request,) = clinic.requests
        body, header = json.dumps(request["body"]).encode(), request["headers"]["Stripe-Signature"]
        assert is_signed(body, header, WEBHOOK_SECRET, at=timezone.now())
