"""Courses: booking one whole from a patient's page, and the page of one that is booked."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import operations, permissions
from needlework.diary.forms.courses import CourseForm, EndCourseForm, ResumeCourseForm
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import series
from needlework.diary.queries.choosing import day_of
from needlework.diary.queries.courses import Offered
from needlework.diary.queries.dates import Slot, read_slot
from needlework.diary.queries.planning import Draft, Plan
from needlework.diary.series import NotInTurnError
from needlework.patients.opening import opened
from needlework.web.http import page


@asks(permissions.may_book)
def new(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Ask what is wished of a course, propose its dates, let them be changed, and book all of them or none."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="courses")
    offered = Offered(request.user, at, patient.clinic)
    form = CourseForm(request.POST or None, initial=offered.initial(request.GET.get("service", "")), **offered.choices)
    if not form.is_valid() or "wishes" in request.POST:
        return page(request, "diary/courses/new.html", form=form, patient=patient)
    plan = offered.plan(form.cleaned_data, form.blocks(), patient)
    slots = plan.known([read_slot(text) for text in request.POST.getlist("chosen")])
    problem = ""
    if "book" in request.POST and slots:
        try:
            return _book(request, form, plan, slots)
        except NotInTurnError as fault:
            problem, draft = str(fault), plan.propose(slots[: fault.number - 1])
        except NotDoneError as fault:
            problem, draft = str(fault), plan.propose()
    else:
        draft = _draft(request.POST, plan, slots)
    return page(
        request,
        "diary/courses/proposal.html",
        patient=patient,
        plan=plan,
        draft=draft,
        problem=problem,
        carried=form.carried(request.POST),
    )


def _book(request: StaffRequest, form: CourseForm, plan: Plan, slots: list[Slot]) -> HttpResponse:
    course = operations.book_series(
        series_id=form.cleaned_data["id"],
        wishes=plan.wishes,
        chosen=[(slot.begins, plan.practitioners[slot.practitioner]) for slot in slots],
        patient=plan.patient,
        blocks=plan.blocks,
        by=request.user,
        at=plan.at,
    )
    notices.success(request, "The course is booked.")
    return redirect("diary-course", course.pk)


def _draft(sent: QueryDict, plan: Plan, slots: list[Slot]) -> Draft:
    """Return the dates as the buttons of the page ask for them: proposed, one of them open, or one of them chosen."""
    name = next((name for name in ("to", "day", "change") if name in sent), "")
    which, _, value = sent.get(name, "").partition("|")
    number = int(which) if which.isdecimal() and 0 < int(which[:3]) <= len(slots) else 0
    if not number:
        return plan.as_sent(slots) if slots else plan.propose()
    slot = read_slot(value)
    if name == "to" and slot and slot.practitioner in plan.practitioners:
        draft = plan.propose([*slots[: number - 1], slot], chosen=number)
        if not draft.sentence:
            return draft
        return _opened(plan, slots, number, plan.day(slot).isoformat(), sentence=draft.sentence)
    return _opened(plan, slots, number, value)


def _opened(plan: Plan, slots: list[Slot], number: int, day: str, *, sentence: str = "") -> Draft:
    """Return the dates as they are, with all that one of them could be instead."""
    dates = plan.as_sent(slots).dates
    choice = plan.choices(slots, number, day_of(day))
    dates[number - 1] = replace(dates[number - 1], choice=choice)
    return Draft(dates, sentence)


@asks(permissions.may_see_diary)
def show(request: StaffRequest, series_id: UUID) -> HttpResponse:
    """Show a course: all its dates, what is missing of it, and what can be done."""
    course = series.course_for(request.user, series_id)
    at = timezone.now()
    opened(request, course.series.patient_id, at=at, part="courses")
    may_book = permissions.may_book(user=request.user, clinic=course.series.clinic)
    return page(request, "diary/courses/show.html", course=course, may_book=may_book, now=at)


@asks(permissions.may_book)
def end(request: StaffRequest, series_id: UUID) -> HttpResponse:
    """Stop a course, or pause it."""
    course = series.course_for(request.user, series_id)
    opened(request, course.series.patient_id, at=timezone.now(), part="courses")
    form = EndCourseForm(request.POST or None, initial={"version": course.series.version})
    if form.is_valid():
        try:
            operations.end_series(series=course.series, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The course is stopped.")
            return redirect("diary-course", series_id)
    return page(request, "diary/courses/end.html", form=form, course=course)


@asks(permissions.may_book)
def resume(request: StaffRequest, series_id: UUID) -> HttpResponse:
    """Take a course up again."""
    course = series.course_for(request.user, series_id)
    opened(request, course.series.patient_id, at=timezone.now(), part="courses")
    form = ResumeCourseForm(request.POST or None, initial={"version": course.series.version})
    if form.is_valid():
        try:
            operations.resume_series(series=course.series, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The course goes on.")
            return redirect("diary-course", series_id)
    return page(request, "diary/courses/resume.html", form=form, course=course)
