"""What a clinic still lacks before patients can book online, in the order in which it is set up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from needlework.accounts.models import Clinic
from needlework.diary.models import Resource, ResourceKind, Service
from needlework.diary.queries.working import PersonsWeek


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: the sentence, and the page that mends it."""

    sentence: str
    action: str
    url: str


def missing(
    clinic: Clinic, weeks: list[PersonsWeek], resources: list[Resource], services: list[Service]
) -> list[Missing]:
    """Return what to do next, the first first: people, services, rooms and devices, hours."""
    online = [service for service in services if service.online]
    return [
        *_people(clinic, weeks),
        *_services(clinic, services, online),
        *_things(clinic, online, resources),
        *_hours(clinic, online, weeks),
    ]


def _people(clinic: Clinic, weeks: list[PersonsWeek]) -> Iterator[Missing]:
    if not weeks:
        yield Missing(f"Nobody is a practitioner at {clinic} yet.", "Give somebody the role", reverse("staff"))


def _services(clinic: Clinic, services: list[Service], online: list[Service]) -> Iterator[Missing]:
    add = reverse("diary-service-add", args=[clinic.pk])
    if not services:
        yield Missing("There is no service yet.", "Add a service", add)
    elif not online:
        yield Missing("No service can be booked online yet.", "Change a service", _change(services[0]))
    if any(service.consultation_first for service in online) and not any(one.is_consultation for one in online):
        yield Missing("Some services ask for a consultation first, and none can be booked.", "Add one", add)


def _things(clinic: Clinic, online: list[Service], resources: list[Resource]) -> Iterator[Missing]:
    here = {(thing.kind, thing.type) for thing in resources}
    needed = {(ResourceKind.ROOM, one.room_type): one for one in reversed(online) if one.room_type}
    needed |= {(ResourceKind.DEVICE, one.device_type): one for one in reversed(online) if one.device_type}
    for (kind, sort), service in needed.items():
        if (kind, sort) not in here:
            url = f"{reverse('diary-resource-add', args=[clinic.pk])}?kind={kind}&sort={sort}"
            sentence = f"{service} needs a {kind} of the sort “{sort}”, and there is none."
            yield Missing(sentence, f"Add a {kind}", url)


def _hours(clinic: Clinic, online: list[Service], weeks: list[PersonsWeek]) -> Iterator[Missing]:
    people = {week.person.pk: week for week in weeks}
    for service in online:
        doing = [people[one.user_id] for one in service.performers.all() if one.user_id in people]
        if not doing:
            yield Missing(f"Nobody offers {service} yet.", "Choose who does", _change(service))
        elif not any(week.works or week.changes_on for week in doing):
            person = doing[0].person
            url = reverse("diary-week", args=[clinic.pk, person.pk])
            yield Missing(f"Nobody who offers {service} has hours yet.", f"Enter the hours of {person}", url)


def _change(service: Service) -> str:
    return reverse("diary-service-change", args=[service.pk])
