"""The first address: staff go to their day, everybody else chooses their way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from needlework.accounts.asking import public
from needlework.diary.queries import online
from needlework.web.http import page
from needlework.web.shell import audience


@public
def home(request: HttpRequest) -> HttpResponse:
    """Send staff to their day; show everybody else the ways in."""
    if audience(request) == "staff":
        return redirect("today")
    return page(request, "front/home/welcome.html", can_book=online.clinics().exists())
