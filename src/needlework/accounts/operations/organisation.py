"""Open the organisation and change what holds for all of it."""

from datetime import datetime

from django.db import transaction

from needlework.accounts import permissions
from needlework.accounts.actors import StaffOrSystem
from needlework.accounts.editing import change
from needlework.accounts.logos import Picture
from needlework.accounts.models import Logo, Organisation, User
from needlework.audit.record import record


@transaction.atomic
def open_organisation(*, name: str, by: StaffOrSystem, at: datetime) -> Organisation:
    """Begin the one organisation of this installation."""
    organisation = Organisation.objects.create(name=name)
    record("organisation-opened", organisation, by=by, at=at)
    return organisation


@transaction.atomic
def change_settings(
    *, organisation: Organisation, version: int, changes: dict[str, object], by: StaffOrSystem, at: datetime
) -> Organisation:
    """Change the name, the three colours or the idle minutes."""
    permissions.may_change_settings(user=by).or_raise()
    fields = change(organisation, version=version, changes=changes)
    if fields:
        record("settings-changed", organisation, by=by, at=at, fields=fields)
    return organisation


@transaction.atomic
def set_logo(*, organisation: Organisation, picture: Picture, by: User, at: datetime) -> Logo:
    """Put a picture beside the organisation's written name."""
    permissions.may_change_settings(user=by).or_raise()
    new: dict[str, object] = {"content": picture.content, "media_type": picture.media_type, "digest": picture.digest}
    new |= {"recorded_at": at, "recorded_by": by}
    logo, _ = Logo.objects.update_or_create(organisation=organisation, defaults=new)
    record("logo-set", organisation, by=by, at=at)
    return logo


@transaction.atomic
def remove_logo(*, organisation: Organisation, by: User, at: datetime) -> None:
    """Leave only the organisation's written name."""
    permissions.may_change_settings(user=by).or_raise()
    removed, _ = Logo.objects.filter(organisation=organisation).delete()
    if removed:
        record("logo-removed", organisation, by=by, at=at)
