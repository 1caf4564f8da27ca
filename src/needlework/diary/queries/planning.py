"""The dates of a course while somebody plans it: proposed, changed one by one, and proposed anew from there on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from needlework.diary.models import Resource
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.course import days_apart
from needlework.diary.queries.dates import Choice, Dated, Slot, choice, dated
from needlework.diary.queries.proposals import Wishes, proposals
from needlework.diary.slots.limits import Block, Window
from needlework.patients.models import Patient


@dataclass(frozen=True)
class Draft:
    """The dates so far; or why there are none, or none after those that were kept."""

    dates: list[Dated]
    sentence: str = ""


@dataclass(frozen=True)
class Plan:
    """A course as it is wished, for whom, and what is known of who could do it."""

    wishes: Wishes
    blocks: tuple[Block, ...]
    patient: Patient
    practitioners: dict[int, Resource]
    zone: ZoneInfo
    at: datetime

    @property
    def apart(self) -> str:
        """How far apart the sessions are, in words."""
        return days_apart(self.wishes.least_days, self.wishes.most_days)

    @property
    def asking(self) -> Asking:
        """On whose behalf availability is asked."""
        return Asking(online=False, patient=self.patient, blocks=self.blocks)

    def propose(self, kept: Sequence[Slot] = (), *, chosen: int | None = None) -> Draft:
        """Return the dates kept so far with the best ones after them; `chosen` is the session chosen by hand."""
        before = [self._kept(kept, index, chosen) for index in range(len(kept))]
        left = self.wishes.sessions - len(kept)
        if not left:
            return Draft(before)
        wishes = replace(self.wishes, sessions=left)
        if kept:
            last = kept[-1]
            wishes = replace(wishes, number=len(kept) + 1, after=self.day(last), before=last.practitioner)
        found = proposals(wishes, self.asking, self.at)
        return Draft(before + dated(found.chosen, found.names), found.sentence)

    def as_sent(self, slots: Sequence[Slot]) -> Draft:
        """Return the dates that a page sent back."""
        return Draft([self._kept(slots, index, None) for index in range(len(slots))])

    def choices(self, slots: Sequence[Slot], number: int, day: date | None) -> Choice:
        """Return what else one session could be, between the one before it and the end of the interval."""
        first, last = self.wishes.first_day, self.wishes.not_after
        if number > 1:
            before = self.day(slots[number - 2])
            first, most = (before + timedelta(days=n) for n in (self.wishes.least_days, self.wishes.most_days))
            last = min(last or most, most)
        return choice(
            self.wishes.service,
            window=Window(first, last, ""),
            day=day or self.day(slots[number - 1]),
            practitioner=self.wishes.practitioner,
            asking=self.asking,
            at=self.at,
            today=self.at.astimezone(self.zone).date(),
        )

    def day(self, slot: Slot) -> date:
        """Return the clinic's day on which a slot begins."""
        return slot.begins.astimezone(self.zone).date()

    def known(self, slots: Sequence[Slot | None]) -> list[Slot]:
        """Return what a page sent back as dates; nothing where it is not as many as the sessions."""
        found = [slot for slot in slots if slot and slot.practitioner in self.practitioners]
        return found if len(found) == len(slots) == self.wishes.sessions else []

    def _kept(self, slots: Sequence[Slot], index: int, chosen: int | None) -> Dated:
        slot, number = slots[index], index + 1
        apart = (self.day(slot) - self.day(slots[index - 1])).days if index else 0
        said = f"{apart} day{'' if apart == 1 else 's'} after session {index}" if index else ""
        reasons = [said, "as chosen" if number == chosen else ""]
        return Dated(number, slot, str(self.practitioners[slot.practitioner]), tuple(one for one in reasons if one))
