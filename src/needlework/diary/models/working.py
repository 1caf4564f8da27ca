"""Working time: when somebody works where, and when they do not; in the clinic's own time of day."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import Clinic, User
from needlework.diary.minutes import MinuteField
from needlework.diary.models.resource import Resource
from needlework.web.text import BoundedText


class DiaryRules(models.Model):
    """How one clinic runs its diary. A clinic without a row runs by the defaults."""

    clinic = models.OneToOneField(Clinic, on_delete=models.PROTECT, primary_key=True, related_name="diary_rules")
    time_zone = BoundedText(max_length=60, default="Europe/London")
    grid_minutes = models.PositiveSmallIntegerField(default=15)
    """Appointments begin on this grid of the clock."""
    hold_minutes = models.PositiveSmallIntegerField(default=10)
    """How long a slot is kept while somebody types."""
    notice_hours = models.PositiveSmallIntegerField(default=2)
    """The least time before an appointment that can be booked online."""
    horizon_days = models.PositiveSmallIntegerField(default=180)
    """How far ahead can be booked online; staff reach 366 days."""
    cancel_hours = models.PositiveSmallIntegerField(default=24)
    """Up to how long before an appointment patients may cancel or move it themselves."""
    offer_minutes = models.PositiveSmallIntegerField(default=120)
    """How long a freed slot is kept for the first on the waiting list before it goes to the next."""
    first_reminder_hours = models.PositiveSmallIntegerField(default=72)
    second_reminder_hours = models.PositiveSmallIntegerField(default=24)
    """How long before an appointment reminders go out; 0 sends none."""
    open_on_bank_holidays = models.BooleanField(default=False)
    private_feeds = models.BooleanField(default=True)
    """Whether calendar feeds of staff show initials in place of names."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grid_minutes__in=(5, 10, 15, 20, 30, 60)), name="diary_grid_is_known"),
            models.CheckConstraint(condition=Q(hold_minutes__range=(2, 60)), name="diary_hold_two_to_sixty_minutes"),
            models.CheckConstraint(condition=Q(horizon_days__range=(1, 366)), name="diary_horizon_within_a_year"),
            models.CheckConstraint(condition=Q(offer_minutes__range=(15, 2880)), name="diary_offer_within_two_days"),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id


class WorkingHours(models.Model):
    """The hours that a practitioner works at a clinic on one day of the week, from a day on until another."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="hours")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    opens = models.TimeField()
    closes = models.TimeField()
    break_starts = models.TimeField(null=True)
    break_ends = models.TimeField(null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    """The last day they hold."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    """Another week took their place before they began: they hold on no day."""
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["resource", "clinic"], condition=Q(withdrawn_at=None), name="hours_of_somebody")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="hours_on_a_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_end_after_they_begin"),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(break_starts__gt=F("opens"), break_ends__gt=F("break_starts"), break_ends__lt=F("closes")),
                name="hours_break_lies_within",
            ),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")), name="hours_last_a_day_at_least"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="hours_withdrawal_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id


class ChangedDay(models.Model):
    """One day on which somebody's hours at a clinic differ from their week: other hours, or none."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="changed_days")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    reason = BoundedText(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "clinic", "day"], condition=Q(withdrawn_at=None), name="changed_day_once"
            ),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")), name="changed_day_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="changed_day_withdrawal_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id


class Absence(models.Model):
    """A time in which a practitioner is away, or a room or device cannot be used."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="absences")
    begins = MinuteField()
    ends = MinuteField()
    reason = BoundedText(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["resource", "ends"], condition=Q(withdrawn_at=None), name="absence_of_somebody")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawal_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID | None:
        """Events about a room or device join its clinic's chain."""
        return self.resource.clinic_id


class Closure(models.Model):
    """Days on which a clinic is closed; or, `is_open`, a bank holiday on which it is open all the same."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    is_open = models.BooleanField(default=False)
    reason = BoundedText(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "last_day"], condition=Q(withdrawn_at=None), name="closure_of_clinic")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="closure_lasts_a_day_at_least"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="closure_withdrawal_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id
