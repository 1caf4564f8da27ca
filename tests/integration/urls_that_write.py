"""The product with two addresses more, for the test that a safe request writes nothing but access events."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from needlework.audit.record import SYSTEM, viewed
from needlework.config import urls
from tests.factories import accounts


def writes(request: HttpRequest) -> HttpResponse:
    accounts.clinic("Written on GET")
    return HttpResponse("")


def views(request: HttpRequest) -> HttpResponse:
    viewed(accounts.Clinic(name="Seen"), by=SYSTEM, at=accounts.AT)
    return HttpResponse("")


urlpatterns = [path("writes/", writes), path("views/", views), *urls.urlpatterns]
