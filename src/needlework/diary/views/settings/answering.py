"""How a form of the settings is answered: done and back, or shown again with what to mend."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect

from needlework.accounts.asking import StaffRequest
from needlework.diary.problems import NotDoneError
from needlework.diary.wrong import WrongError
from needlework.web.forms import Form
from needlework.web.http import page

FORM = "diary/working/form.html"
CONFIRM = "diary/working/confirm.html"


def answer(
    request: StaffRequest,
    form: Form,
    do: Callable[[], object],
    *,
    done: str,
    back: str,
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Do what a valid form asks and go back with a notice; show the form again where it could not be done."""
    if form.is_valid():
        try:
            do()
        except NotDoneError as problem:
            _tell(form, problem)
        else:
            notices.success(request, done)
            return redirect(back)
    return page(request, template, form=form, back=back, **context)


def sent(request: StaffRequest) -> Any:
    """Return what was sent, or None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def _tell(form: Form, problem: NotDoneError) -> None:
    """Put each sentence at its field, and what is about no field at the top."""
    faults = problem.faults if isinstance(problem, WrongError) else {"": str(problem)}
    for name, sentence in faults.items():
        form.add_error(name if name in form.fields else None, sentence)
