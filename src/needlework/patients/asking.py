"""How a patient's own page declares what it asks: `@asks_patient(gate)`, the like of staff's `@asks`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from needlework.accounts.asking import View
from needlework.accounts.decision import Decision
from needlework.patients.models import Patient


class PatientRequest(HttpRequest):
    """A request whose sender is a signed-in patient, as `asks_patient` guarantees."""

    patient: Patient


def asks_patient(gate: Callable[..., Decision]) -> Callable[[View], View]:
    """Let only signed-in patients whom `gate(patient=…)` allows reach the view; others are asked to sign in."""

    def wrap(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            patient: Patient | None = getattr(request, "patient", None)
            if patient is None:
                return redirect("me-sign-in")
            gate(patient=patient).or_raise()
            return view(request, *args, **kwargs)

        ask.asks = gate  # type: ignore[attr-defined]
        return ask

    return wrap


def own_record(**_: Patient) -> Decision:
    """Yes: every patient sees their own record, paid or not."""
    return Decision()
