"""The first set-up: guarded by the code on the terminal, gone once there is an organisation."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from needlework.accounts import doors, forms, hashing, operations, presence, queries, setup_code, throttle
from needlework.accounts.asking import public
from needlework.web.http import page

WRONG_CODE = "That is not the code that the terminal shows. Check it and enter it again"


@public
@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_turn
def setup(request: HttpRequest) -> HttpResponse:
    """Ask for the organisation, the first clinic and its first lead."""
    if queries.organisation(request) is not None:
        raise Http404
    form = forms.SetupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = timezone.now()
        answers = dict(form.cleaned_data)
        throttle.try_code(account="first set-up", purpose="setup", at=now)
        if setup_code.matches(settings.SETUP_CODE_FILE, answers.pop("code")):
            hashed = hashing.hashed(answers.pop("password"))
            lead = operations.set_up(**answers, hashed=hashed, at=now)
            setup_code.spend(settings.SETUP_CODE_FILE)
            presence.start_half_way(request, lead, at=now)
            return redirect("set-up-second-factor")
        form.add_error("code", WRONG_CODE)
    return page(request, "accounts/setup/setup.html", form=form)
