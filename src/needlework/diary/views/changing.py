"""Moving and cancelling an appointment by its own person, whether by private link or signed in."""

from dataclasses import replace

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.diary import operations
from needlework.diary.actors import Actor
from needlework.diary.forms import visiting as forms
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import choosing, series
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.own import Shown
from needlework.web.http import page

MOVED = "Your appointment is moved. We have written to you."
CANCELLED = "Your appointment is cancelled."


def move(request: HttpRequest, shown: Shown, *, by: Actor, back: str) -> HttpResponse:
    """Show other free times; pressing one moves the appointment, which keeps its time until then."""
    at, appointment = timezone.now(), shown.appointment
    if not shown.may_change:
        return page(request, "diary/own/late.html", shown=shown, back=back)
    wish = choosing.wish_of(appointment.service, request.GET)
    wish = replace(wish, person=wish.person or appointment.practitioner, anyone=False, apart_from=appointment.begins)
    if not (wish.day or wish.first):
        wish = replace(wish, day=shown.begins.date())
    form = forms.Move(request.POST or None)
    if form.is_valid():
        try:
            operations.move_appointment(
                appointment=appointment,
                begins=form.moment(),
                practitioner=wish.person,
                sequence=form.cleaned_data["sequence"],
                online=True,
                by=by,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, MOVED)
            return redirect(back)
    asking = Asking(
        online=True,
        patient=appointment.patient,
        visitor=appointment.visitor,
        window=series.window_of(appointment),
        instead_of=appointment,
    )
    times = choosing.times(appointment.service, wish, asking=asking, at=at)
    return page(request, "diary/own/move.html", form=form, times=times, shown=shown, back=back)


def cancel(request: HttpRequest, shown: Shown, *, by: Actor, back: str, move_url: str) -> HttpResponse:
    """Ask once more, then cancel; one that is cancelled already stays so."""
    at, appointment = timezone.now(), shown.appointment
    if shown.is_cancelled:
        return redirect(back)
    if not shown.may_change:
        return page(request, "diary/own/late.html", shown=shown, back=back)
    form = forms.Cancel(request.POST or None, initial={"sequence": appointment.sequence})
    if not form.is_valid():
        return page(request, "diary/own/cancel.html", form=form, shown=shown, back=back, move_url=move_url)
    sequence = form.cleaned_data["sequence"]
    try:
        operations.cancel_appointment(appointment=appointment, sequence=sequence, online=True, by=by, at=at)
    except NotDoneError as problem:
        notices.error(request, str(problem))
        return redirect(request.path)
    notices.success(request, CANCELLED)
    return redirect(back)
