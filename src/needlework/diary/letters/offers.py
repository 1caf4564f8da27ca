"""The letter that offers a freed time to somebody on the waiting list."""

from needlework.accounts.models import Clinic
from needlework.diary import links
from needlework.diary.calendars.entries import place
from needlework.diary.letters import words
from needlework.diary.letters.receivers import receiver
from needlework.diary.letters.writing import body
from needlework.diary.models import OfferOutcome, WaitingOffer
from needlework.messages.letters import Letter
from needlework.messages.models import Message
from needlework.patients.templatetags.telephone import telephone


def offered(message: Message) -> Letter | None:
    """Write which time is free and until when it is kept; None once the offer was settled."""
    people = ("entry__patient__merged_into", "entry__visitor", "practitioner__user")
    offers = WaitingOffer.objects.select_related("entry__clinic", "entry__service", *people)
    offer = offers.filter(pk=message.about_id, outcome=OfferOutcome.OPEN).first()
    if offer is None:
        return None
    to, clinic = receiver(offer.entry.patient, offer.entry.visitor), offer.entry.clinic
    paragraphs = (
        "a time that you wait for has become free, and you are the first whom we ask:",
        f"What: {offer.entry.service.name}\nWhen: {words.when(offer.begins, clinic)}\n"
        f"With: {offer.practitioner.user}\nWhere: {place(clinic)}",
        f"We keep it for you until {words.when(offer.until, clinic)}. "
        f"Take it, or say that it does not suit you, here:\n{links.to_offer(offer)}",
        "If we do not hear from you by then, we offer it to the next person, and you keep your place on the list.",
    )
    return Letter(
        subject=f"A time is free at {clinic.name}",
        text=body(to, clinic, *paragraphs),
        short_text=f"{clinic.name}: {words.shortly(offer.begins, clinic)} is free. {_answer(offer, clinic)}",
        email=to.email,
        phone=to.phone,
    )


def _answer(offer: WaitingOffer, clinic: Clinic) -> str:
    """Return how to take an offer without the link, which is too long for a text message."""
    until = words.shortly(offer.until, clinic)
    return f"To take it, call {telephone(clinic.phone)} by {until}." if clinic.phone else f"We keep it until {until}."
