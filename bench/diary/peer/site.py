"""django-appointment in a site of its own, measured: run by `bench.diary.peer` with the Python of a venv beside ours.

It prints one line of JSON: CPU milliseconds per call. One member of staff, Monday to Sunday 9 to 18, a service of 30
minutes, 8 appointments on the day that is asked for, and as many past ones as told. Mail goes nowhere, whoever books is
signed in (others need a code by mail): both in its favour.
"""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.conf import settings

FOLDER, ENGINE, PAST, DAYS_AHEAD = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3]), 30
TODAY = datetime.now(ZoneInfo("Europe/London")).date()


def configure() -> None:
    """Set Django up with the least that the package asks for; it ships no migrations, so they are made here."""
    (FOLDER / "peer_migrations").mkdir()
    (FOLDER / "peer_migrations" / "__init__.py").touch()
    sys.path.insert(0, str(FOLDER))
    contrib = [f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "sessions", "messages", "sites")]
    middleware = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
    settings.configure(
        SECRET_KEY="peer",
        INSTALLED_APPS=[*contrib, "phonenumber_field", "appointment"],
        MIDDLEWARE=middleware,
        ROOT_URLCONF="peer_urls",
        MIGRATION_MODULES={"appointment": "peer_migrations"},
        DATABASES={"default": ENGINE | {"CONN_MAX_AGE": None}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        TIME_ZONE="Europe/London",
        SITE_ID=1,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        LOGGING_CONFIG=None,
    )
    (FOLDER / "peer_urls.py").write_text(
        "from django.contrib import admin\nfrom django.urls import include, path\n"
        "urlpatterns = [path('admin/', admin.site.urls), path('', include('appointment.urls'))]\n"
    )
    django.setup()


def build() -> tuple[Any, Any, Any, Any]:
    """Make the tables, somebody who works, what they offer, and the appointments."""
    from appointment.models import Appointment, AppointmentRequest, Service, StaffMember, WorkingHours
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("makemigrations", "appointment", verbosity=0)
    call_command("migrate", verbosity=0)
    people = get_user_model().objects
    service = Service.objects.create(name="Consultation", duration=timedelta(minutes=30), price=0)
    staff = StaffMember.objects.create(user=people.create_user("staff", first_name="Dana"), slot_duration=30)
    staff.services_offered.add(service)
    for weekday in range(7):
        WorkingHours.objects.create(staff_member=staff, day_of_week=weekday, start_time="09:00", end_time="18:00")
    client = people.create_user("client", email="client@example.test", first_name="Jo")
    asked = TODAY + timedelta(days=DAYS_AHEAD)
    slots = [(asked, 9 + number) for number in range(8)]
    slots += [(TODAY - timedelta(days=1 + n // 16), 9 + (n % 16) // 2) for n in range(PAST)]
    requests = AppointmentRequest.objects.bulk_create(
        [
            AppointmentRequest(
                date=day,
                start_time=f"{hour:02}:00",
                end_time=f"{hour:02}:30",
                service=service,
                staff_member=staff,
                id_request=f"made{number}",
            )
            for number, (day, hour) in enumerate(slots)
        ],
        batch_size=500,
    )
    Appointment.objects.bulk_create(
        [Appointment(client=client, appointment_request=one, id_request=one.id_request) for one in requests],
        batch_size=500,
    )
    return staff, service, client, asked


def main() -> None:
    """Measure and print."""
    configure()
    from appointment.models import Appointment
    from django.test import Client
    from timing import ROUNDS, timed

    staff, service, person, asked = build()
    browser = Client(headers={"x-requested-with": "XMLHttpRequest"})
    browser.force_login(person)
    query = {"selected_date": asked.isoformat(), "staff_member": staff.pk, "service_id": service.pk}

    def a_day(_: int) -> None:
        answer = browser.get("/ajax/available_slots/", query)
        assert len(answer.json()["available_slots"]) == 10, answer.content

    def book(number: int) -> None:
        day = asked + timedelta(days=1 + number // 18)
        begin = datetime.combine(day, datetime.min.time()) + timedelta(hours=9, minutes=30 * (number % 18))
        sent = {
            "date": day.isoformat(),
            "start_time": f"{begin:%H:%M}",
            "end_time": f"{begin + timedelta(minutes=30):%H:%M}",
            "service": service.pk,
            "staff_member": staff.pk,
        }
        to = browser.post("/request-submit/", sent).headers["Location"]
        details = {"name": "Jo Ellison", "email": "client@example.test", "phone_0": "GB", "phone_1": "2079460123"}
        answer = browser.post(to, details | {"address": "1 High Street", "additional_info": "", "payment_type": "full"})
        assert answer.status_code == 302, answer.content

    before = Appointment.objects.count()
    measured = {"day": timed(a_day)}
    measured["booking"] = timed(book)
    assert Appointment.objects.count() == before + ROUNDS + 2, "it did not book what it was asked to"
    print(json.dumps(measured))


main()
