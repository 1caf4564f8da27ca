"""Addresses of the pages that show many concepts."""

from django.conf import settings
from django.urls import path

from needlework.front.views import access_log, components, day, home, outbox, record

urlpatterns = [
    path("", home.home, name="home"),
    path("today/", day.today, name="today"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<uuid:message_id>/", outbox.message, name="outbox-message"),
    path("outbox/<uuid:message_id>/send-again/", outbox.send_again, name="outbox-send-again"),
    path("outbox/<uuid:message_id>/set-aside/", outbox.set_aside, name="outbox-set-aside"),
    path("access-log/", access_log.access_log, name="access-log"),
    path("patients/<uuid:patient_id>/copy/", record.copy, name="patient-copy"),
    path("patients/<uuid:patient_id>/erase/", record.erase, name="patient-erase"),
    path("components/", components.components, name="components"),
]
if settings.DEMO:
    from needlework.front.views import demo

    urlpatterns += [path("demo/<slug:role>/", demo.enter, name="demo-enter")]
