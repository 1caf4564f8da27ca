"""New keys for old: `rotate_data_key` encrypts everything anew, `rotate_master_key` only wraps the data keys anew.

Both may be killed at any moment and started again, and both run while the clinic works. A data key that has been
retired encrypts nothing more; it is kept, so that a value which was on its way meanwhile still opens.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from needlework.audit.record import SYSTEM, record
from needlework.vault import files, keys, locks, ring
from needlework.vault.envelope import decrypt, encrypt, header
from needlework.vault.errors import MissingFileError, VaultError
from needlework.vault.fields import Ciphertext, Encrypted, Unopened
from needlework.vault.models import DataKey
from needlework.web import guards

BATCH = 200


@dataclass(frozen=True)
class Column:
    """An encrypted column of one model."""

    model: type[models.Model]
    field: Encrypted[Any, Any]

    def where(self, lookup: str, value: bytes) -> models.QuerySet[models.Model]:
        """Return the rows for whose column the lookup holds."""
        return models.QuerySet(self.model).filter(**{f"{self.field.name}__{lookup}": value})


@dataclass
class Rotation:
    """What a rotation did, and the places of what it could not open."""

    version: int
    values: int = 0
    files: int = 0
    unreadable: set[str] = field(default_factory=set)


def rotate_data_key(*, at: datetime, settle: float = ring.REMEMBERED_SECONDS) -> Rotation:
    """Make a data key, encrypt all columns and files with it, and retire the ones before it.

    `settle` is how long other processes may go on encrypting with the key they know.
    """
    with locks.alone():
        rotation = Rotation(_new_version(at))
        ring.forget()
        time.sleep(settle)
        while _sweep(rotation):
            pass
        if not rotation.unreadable:
            _retire(rotation.version, at)
    return rotation


def rotate_master_key(*, at: datetime) -> int:
    """Put a new master key in force and wrap the data keys with it; return how many there are."""
    with locks.alone():
        file = keys.read(settings.HOME.key_file)
        if not DataKey.objects.exclude(master=file.master.fingerprint).exists():
            file = keys.add_master(settings.HOME.key_file)
        with transaction.atomic():
            for row in DataKey.objects.all():
                _wrap_anew(row, file)
                record("data-key-wrapped", row, by=SYSTEM, at=at)
    return DataKey.objects.count()


def encrypted_columns() -> Iterator[Column]:
    """Go through the encrypted columns of all installed rooms."""
    for model in apps.get_models():
        for one in model._meta.local_concrete_fields:
            if isinstance(one, Encrypted) and not model._meta.proxy:
                yield Column(model, one)


def _new_version(at: datetime) -> int:
    """Return the version to encrypt with: a new one, or the one of a rotation that did not end."""
    with transaction.atomic():
        in_force = DataKey.objects.filter(retired_at=None).order_by("-version")
        newest = in_force.first()
        if newest and len(in_force) > 1:
            return newest.version
        made = ring.make(newest.version + 1 if newest else 1)
        record("data-key-made", made, by=SYSTEM, at=at)
        return made.version


def _sweep(rotation: Rotation) -> int:
    """Encrypt anew all that another key encrypted; return how much there was."""
    values = sum(_renew_column(column, rotation) for column in encrypted_columns())
    stored = sum(_renew_file(name, rotation) for name in files.names())
    rotation.values += values
    rotation.files += stored
    return values + stored


def _renew_column(column: Column, rotation: Rotation) -> int:
    others = column.where("not_under", header(rotation.version)).order_by("pk")
    done, rows = 0, others
    while batch := list(rows.values_list("pk", column.field.name)[:BATCH]):
        # What is append-only for everybody else still gets its new key.
        with transaction.atomic(), guards.lifted(connection, column.model._meta.db_table):
            done += sum(_renew_value(column, pk, value, rotation) for pk, value in batch)
        rows = others.filter(pk__gt=batch[-1][0])
    return done


def _renew_value(column: Column, pk: Any, value: Unopened, rotation: Rotation) -> int:
    place = column.field.place(pk)
    try:
        anew = Ciphertext(encrypt(decrypt(value.raw, place), place))
    except VaultError:
        rotation.unreadable.add(place)
        return 0
    # Only over the bytes that were read: somebody may have saved the row meanwhile.
    return column.where("bytes", value.raw).filter(pk=pk).update(**{column.field.name: anew})


def _renew_file(name: str, rotation: Rotation) -> int:
    place = files.place(name)
    try:
        if files.begins(name, header(rotation.version)):
            return 0
        before = files.raw(name)
        return int(files.replace(name, before, encrypt(decrypt(before, place), place)))
    except MissingFileError:  # erased this moment
        return 0
    except VaultError:
        rotation.unreadable.add(place)
        return 0


def _retire(version: int, at: datetime) -> None:
    with transaction.atomic():
        for row in DataKey.objects.filter(retired_at=None, version__lt=version):
            row.retired_at = at
            row.save()
            record("data-key-retired", row, by=SYSTEM, at=at)


def _wrap_anew(row: DataKey, file: keys.KeyFile) -> None:
    wrapping = ring.wrapping(row.version, ring.unwrapped(row, file), file.master)
    DataKey.objects.filter(pk=row.pk).update(**wrapping)
