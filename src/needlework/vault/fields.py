"""Encrypted columns: plain on the instance, encrypted in the database, opened when first read.

    notes = EncryptedText(blank=True)
    answers = EncryptedJSON(default=dict)

Each value is encrypted for its own table, column and primary key. It is written by `save()` and `bulk_create()`, and
read through the instance; `update()`, `filter()` and `order_by()` refuse it. An empty value is stored as no bytes at
all, so that a constraint can ask `notes__empty=False`.
"""

import json
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute

from needlework.vault import lookups
from needlework.vault.envelope import OVERHEAD, decrypt, encrypt
from needlework.vault.errors import VaultError

_ST_contra = TypeVar("_ST_contra", contravariant=True)
_GT_co = TypeVar("_GT_co", covariant=True)

if TYPE_CHECKING:

    class BinaryField(models.Field[_ST_contra, _GT_co]):
        """A column of bytes."""

else:

    class BinaryField(models.BinaryField):
        """A column of bytes."""

        def __class_getitem__(cls, _types):
            return cls


class Unopened:
    """A value as it came from the database: it opens when it is read through its instance."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __str__(self) -> str:
        raise TypeError("An encrypted value is read through its instance, not through values() or values_list()")


class Ciphertext(bytes):
    """Bytes that this module has encrypted: the only ones it writes."""

    __slots__ = ()


class OpenedWhenRead(DeferredAttribute):
    """The attribute of an encrypted column."""

    field: "Encrypted[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        """Return the plain value, opening it the first time."""
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Unopened):
            value = self.field.opened(value.raw, instance)
            self.__set__(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Hold a value, plain or as it came."""
        instance.__dict__[self.field.attname] = value


class EncryptedColumn(Col):
    """The column in a query: it may be selected, and nothing else."""

    def resolve_expression(self, *_: Any, **__: Any) -> Any:
        """Refuse to be ordered by."""
        raise _refused(self.target, "ordered by")


class Encrypted(BinaryField[_ST_contra, _GT_co]):
    """What encrypted columns share."""

    descriptor_class = OpenedWhenRead
    max_length: int
    bytes_per_unit = 1

    def deconstruct(self) -> Any:
        """Leave out the default of a column that has none of its own."""
        name, path, args, options = super().deconstruct()
        if options["default"] in ("", None):
            del options["default"]
        return name, path, args, options

    @abstractmethod
    def encoded(self, value: Any) -> bytes:
        """Return a plain value as bytes, or raise ValueError where the column cannot hold it."""

    @abstractmethod
    def decoded(self, plain: bytes) -> Any:
        """Return the plain value."""

    def place(self, pk: Any) -> str:
        """Return where the value of one row stands."""
        return f"{self.model._meta.db_table}:{self.column}:{pk}"

    def opened(self, raw: bytes, instance: models.Model) -> Any:
        """Open the value of one row."""
        return self.decoded(decrypt(raw, self.place(instance.pk))) if raw else self.get_default()

    def pre_save(self, model_instance: models.Model, *_: Any, **__: Any) -> Ciphertext | None:
        """Encrypt the value for the row it is saved in."""
        value = getattr(model_instance, self.attname)
        if value is None and self.null:
            return None
        if value == self.get_default():
            return Ciphertext()
        if model_instance.pk is None:
            raise VaultError(f"{self.model.__name__} needs its primary key before {self.name} is encrypted")
        return Ciphertext(encrypt(self.encoded(value), self.place(model_instance.pk)))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Let only encrypted values, and the empty one, through to the database."""
        if value is None or isinstance(value, Ciphertext):
            return super().get_db_prep_value(value, connection)
        if value in (b"", self.get_default()):
            return super().get_db_prep_value(b"", connection)
        raise _refused(self, "written by update()")

    def get_placeholder(self, value: Any, *_: Any) -> str:
        """Refuse values that the database would compute."""
        if hasattr(value, "resolve_expression"):
            raise _refused(self, "written by update()")
        return "%s"

    def from_db_value(self, value: Any, *_: Any) -> Unopened | None:
        """Mark a value to be opened when it is read."""
        return None if value is None else Unopened(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow questions about the bytes, not about the value."""
        if lookup_name not in lookups.ALLOWED:
            raise _refused(self, "filtered by")
        return lookups.ALLOWED[lookup_name]

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        """Return the column as a query uses it."""
        return EncryptedColumn(alias, self, output_field)

    def value_to_string(self, *_: Any) -> str:
        """Refuse to be written out by `dumpdata`."""
        raise _refused(self, "exported by serializers")

    def db_check(self, connection: Any) -> str:
        """Return the CHECK that bounds the bytes on both engines."""
        longest = self.max_length * self.bytes_per_unit + OVERHEAD
        return f"length({connection.ops.quote_name(self.column)}) <= {longest}"

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """Refuse a model whose primary key is only known after the first save."""
        found = super().check(**options)
        if self.model._meta.auto_field:
            found.append(checks.Error("An encrypted column needs a primary key known before saving", obj=self))
        return found

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        """Accept text as a default, which a column of plain bytes would not."""
        return []


class EncryptedText(Encrypted[_ST_contra, _GT_co]):
    """Encrypted text of at most `max_length` characters, empty unless set."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str
    bytes_per_unit = 4

    def __init__(self, *args: Any, **options: Any) -> None:
        settled: dict[str, Any] = {"default": None if options.get("null") else "", "max_length": 10_000} | options
        super().__init__(*args, **settled)

    def encoded(self, value: Any) -> bytes:
        """Return the text as UTF-8."""
        if not isinstance(value, str):
            raise ValueError(f"{self.name} takes text, not {type(value).__name__}")  # noqa: TRY004
        if "\0" in value:
            raise ValueError(f"{self.name} cannot hold a NUL character")
        if len(value) > self.max_length:
            raise ValueError(f"{self.name} holds at most {self.max_length} characters, not {len(value)}")
        return value.encode()

    def decoded(self, plain: bytes) -> str:
        """Return the text."""
        return plain.decode()


class EncryptedJSON(Encrypted[_ST_contra, _GT_co]):
    """An encrypted JSON value of at most `max_length` bytes."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        settled: dict[str, Any] = {"default": None, "max_length": 100_000} | options
        super().__init__(*args, **settled)

    def encoded(self, value: Any) -> bytes:
        """Return the value as compact JSON."""
        plain = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        if b"\\u0000" in plain:
            raise ValueError(f"{self.name} cannot hold a NUL character")
        if len(plain) > self.max_length:
            raise ValueError(f"{self.name} holds at most {self.max_length} bytes of JSON, not {len(plain)}")
        return plain

    def decoded(self, plain: bytes) -> Any:
        """Return the value."""
        return json.loads(plain)


def _refused(field: Any, how: str) -> FieldError:
    return FieldError(
        f"{field.model.__name__}.{field.name} is encrypted: it cannot be {how}. Read and save it through the instance."
    )
