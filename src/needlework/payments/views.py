"""Our page about a payment online, and where the provider tells us what became of it."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from needlework.accounts.asking import public
from needlework.payments import paying, queries
from needlework.payments.hosted.base import UnreachableError
from needlework.payments.hosted.setup import configured
from needlework.web.http import page

SIGNATURE = "Stripe-Signature"


@public
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on to the provider's page, and say what became of it; only "Look again" asks the provider."""
    at, checkout = timezone.now(), queries.checkout_by_token(token)
    if checkout is None:
        return page(request, "payments/gone.html", status=410)
    if request.method == "POST":
        checkout = paying.ask(checkout, at=at)
        if checkout.state == "open":
            notices.info(request, "The payment has not arrived yet.")
        return redirect("pay", token)
    provider = configured()
    over = checkout.state == "ended" or checkout.valid_until <= at
    return page(request, "payments/pay.html", checkout=checkout, provider=provider and provider.name, over=over)


@public
@csrf_exempt
@require_POST
def heard(request: HttpRequest) -> HttpResponse:
    """Take in a signed message of the provider; what is not for us is taken in and left alone."""
    at, provider = timezone.now(), configured()
    event = provider and provider.heard(request.body, request.headers.get(SIGNATURE, ""), at=at)
    if not event:
        return HttpResponseForbidden("The signature is not right.", content_type="text/plain")
    try:
        paying.hear(event, at=at)
    except UnreachableError:  # an event of a form that we do not know
        return HttpResponse("Not understood.", content_type="text/plain")
    return HttpResponse("Heard.", content_type="text/plain")
