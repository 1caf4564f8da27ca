"""Patients' own pages: signing in, their details, how they are reached, who opened their record."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from needlework.accounts import browsers, throttle
from needlework.accounts.asking import public
from needlework.audit import record as audit
from needlework.patients import forms, operations, presence
from needlework.patients.asking import PatientRequest, asks_patient, own_record
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import contact, facts, own
from needlework.web.http import page


@public
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Send a sign-in link; the answer is the same whether or not the clinic knows the address."""
    form = forms.AskForLink(request.POST or None)
    if not form.is_valid():
        return page(request, "patients/own/ask.html", form=form)
    at, email = timezone.now(), form.cleaned_data["email"]
    if throttle.wish_for_link(email=email, origin=browsers.address(request), at=at):
        operations.ask_for_link(email=email, at=at)
    return page(request, "patients/own/asked.html")


@public
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the birthday; only sending it spends the link, opening the page does not."""
    at = timezone.now()
    link = own.link_for(token, at=at)
    if link is None:
        return page(request, "patients/own/dead.html", status=410)
    asks_name = "first_name" in request.POST
    form = forms.SpendLink(request.POST or None, asks_first_name=asks_name)
    if not form.is_valid():
        return page(request, "patients/own/spend.html", form=form)
    answer = operations.spend_link(link=link, **form.cleaned_data, at=at)
    if answer.patient:
        response = redirect("me")
        presence.stamp(response, link, at=at)
        return response
    if answer.dead:
        return page(request, "patients/own/dead.html", status=410)
    form = forms.SpendLink(request.POST, asks_first_name=answer.asks_first_name)
    form.add_error(None, answer.sentence)
    return page(request, "patients/own/spend.html", form=form)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign a patient out."""
    at = timezone.now()
    link = presence.find(request, at=at)
    if link:
        operations.sign_out(link=link, at=at)
    response = redirect("me-sign-in")
    presence.forget(response)
    return response


@asks_patient(own_record)
def details(request: PatientRequest) -> HttpResponse:
    """Show a patient their own details."""
    at = timezone.now()
    audit.viewed(request.patient, by=request.patient, at=at)
    answered = facts.own(request.patient)
    return page(request, "patients/own/details.html", patient=request.patient, sections=answered)


@asks_patient(own_record)
def contact_choices(request: PatientRequest) -> HttpResponse:
    """Let a patient choose how they are reached."""
    form = forms.ContactForm(request.POST or None, initial=contact.answers(request.patient))
    if form.is_valid():
        try:
            operations.record_contact_choices(
                patient=request.patient,
                answers=form.answers(),
                version=form.cleaned_data["version"],
                by=request.patient,
                at=timezone.now(),
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "Your choices are saved.")
            return redirect("me")
    return page(request, "patients/own/contact.html", form=form)


@asks_patient(own_record)
def openings(request: PatientRequest) -> HttpResponse:
    """Show a patient who of the clinic opened their record."""
    return page(request, "patients/own/openings.html", openings=own.openings(request.patient))
