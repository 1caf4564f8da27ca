"""A small product on the real gates and queries, with one hole at a time planted in it."""

from types import ModuleType
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from needlework.accounts.asking import asks
from needlework.accounts.decision import Decision
from needlework.accounts.models import Membership, Role, User
from needlework.config import urls
from needlework.patients.models import Patient
from needlework.patients.permissions import may_see_patients
from needlework.patients.queries.people import patient_for, patients_for
from tests.integration.authorisation.rules import Row, roles
from tests.integration.authorisation.world import WITH_PATIENTS

HOLES = ("read", "partial-update", "write-on-get", "undeclared", "list-filter", "ended-member")

POLICY = {
    "toy-one": Row(roles(*WITH_PATIENTS)),
    "toy-star": Row(roles(*WITH_PATIENTS), methods=("POST",)),
    "toy-list": Row(roles(*WITH_PATIENTS), filters=("", "?clinic=Marton", "?clinic=Linthorpe+Road")),
}


@asks(may_see_patients)
def clean_one(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return JsonResponse({"name": patient_for(request.user, patient_id).name})


@asks(may_see_patients)
def clean_star(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    star(patient_for(request.user, patient_id))
    return HttpResponse()


@asks(may_see_patients)
def clean_list(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return JsonResponse({"names": [one.name for one in patients_for(request.user)]})


def star(patient: Patient) -> None:
    """Change something."""
    Patient.objects.filter(pk=patient.pk).update(title="Starred")


def read_by_key_alone(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Hole: whoever knows the key reads the record."""
    found = Patient.objects.filter(pk=patient_id).first()
    if found is None:
        raise Http404
    return JsonResponse({"name": found.name})


def star_and_show(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Hole: reading is refused, and a refused change answers with the record."""
    found = Patient.objects.filter(pk=patient_id).first()
    if found is None or request.method != "POST":
        return HttpResponse(status=404)
    if not patients_for(request.user).filter(pk=patient_id).exists():
        return JsonResponse({"not changed": found.name}, status=409)
    star(found)
    return HttpResponse()


def star_by_any_method(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Hole: a link changes something."""
    star(patient_for(request.user, patient_id))
    return HttpResponse()


def list_by_filter(request: HttpRequest) -> HttpResponse:
    """Hole: a parameter chooses the clinic, and nobody asks whose."""
    chosen = request.GET.get("clinic")
    found = Patient.objects.filter(clinic__name=chosen) if chosen else patients_for(request.user)
    return JsonResponse({"names": [one.name for one in found]})


def whoever_was_a_member(*, user: User) -> Decision:
    """Hole: asks whether there is a role, and not whether it has ended."""
    return Decision() if Membership.objects.filter(user=user).exists() else Decision("No.")


def one_for_former_members(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Hole: asks whether there is a role, and not whether it has ended."""
    places = Membership.objects.filter(user=request.user).exclude(role=Role.AUDITOR).values("clinic")
    return JsonResponse({"name": get_object_or_404(Patient, pk=patient_id, clinic__in=places).name})


def dump(request: HttpRequest) -> HttpResponse:
    """Hole: left over from a day of debugging."""
    return JsonResponse({"names": [one.name for one in Patient.objects.all()]})


def product_with(hole: str = "") -> ModuleType:
    """Return a URLconf: clean, or with one hole."""
    module = ModuleType("product_with_holes")
    one, star, rows = clean_one, clean_star, clean_list
    extra = []
    if hole == "read":
        one = asks(may_see_patients)(read_by_key_alone)
    if hole == "partial-update":
        star = asks(may_see_patients)(star_and_show)
    if hole == "write-on-get":
        star = asks(may_see_patients)(star_by_any_method)
    if hole == "list-filter":
        rows = asks(may_see_patients)(list_by_filter)
    if hole == "ended-member":
        one = asks(whoever_was_a_member)(one_for_former_members)
    if hole == "undeclared":
        extra = [path("toy/dump/", dump, name="toy-dump")]
    module.urlpatterns = [
        path("toy/<uuid:patient_id>/", one, name="toy-one"),
        path("toy/<uuid:patient_id>/star/", star, name="toy-star"),
        path("toy/", rows, name="toy-list"),
        *extra,
        *urls.urlpatterns,
    ]
    return module
