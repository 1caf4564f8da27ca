"""The messages of this room, written from the live record when they are sent."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.models import Clinic, Organisation, User
from needlework.messages.letters import Letter
from needlework.messages.models import Message
from needlework.patients.models import BreakGlass, Patient, SignInLink
from needlework.patients.queries import contact
from needlework.patients.tokens import token_of

SIGN_IN = """Hello,

somebody asked to sign in to {clinic} with this e-mail address. If it was you, open this link within 30 minutes:

{link}

It works once. The page asks for your date of birth. If you did not ask for it, you need not do anything.
"""
OPENED = """Hello {lead},

{who} opened a record of {clinic} from outside the clinic on {when} and gave a reason.
Read the reason, and mark it as seen:

{link}
"""


def sign_in_link(message: Message) -> Letter | None:
    """Write the letter with the link; None where the address is nobody's or the link was spent."""
    link = SignInLink.objects.filter(pk=message.about_id, spent_at=None).first()
    if link is None or not Patient.objects.filter(email=link.email).exists():
        return None
    organisation = Organisation.objects.first()
    name = organisation.name if organisation else "the clinic"
    address = settings.ADDRESS + reverse("me-link", args=[token_of(link.pk)])
    return Letter("Your sign-in link", SIGN_IN.format(clinic=name, link=address), email=link.email)


def glass_broken(message: Message) -> Letter | None:
    """Write the letter that tells a lead; None where somebody has looked already or the lead has left."""
    access = BreakGlass.objects.filter(pk=message.about_id, seen_at=None).select_related("opened_by", "patient").first()
    lead = User.objects.filter(pk=message.to_id, ended_at=None).first()
    if access is None or lead is None:
        return None
    text = OPENED.format(
        lead=lead.name,
        who=access.opened_by.name,
        clinic=Clinic.objects.get(pk=access.patient.clinic_id).name,
        when=f"{timezone.localtime(access.opened_at):%-d %B %Y at %H:%M}",
        link=settings.ADDRESS + reverse("break-glass-list"),
    )
    return Letter("A record was opened from outside the clinic", text, email=lead.email)


def agrees_to_marketing(message: Message) -> bool:
    """Say whether the patient has agreed to marketing by every channel that a message may take."""
    if message.to_kind != "patient":
        return False
    return all(contact.may_send(message.to_id, channel, marketing=True) for channel in message.channels)
