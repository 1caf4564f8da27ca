"""What a query may ask about an encrypted column: whether it is null or empty, and which key encrypted it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import IsNull

if TYPE_CHECKING:
    Lookup = models.Lookup[Any]
else:
    Lookup = models.Lookup


class Question(Lookup):
    """A question about the column as it stands: it is not resolved again, which encrypted columns refuse."""

    prepare_rhs = False

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        """Return the column's own SQL."""
        return super().process_lhs(compiler, connection, lhs) if lhs else compiler.compile(self.lhs)


class Null(Question, IsNull):
    """`notes__isnull=True`: the value is unknown."""


class Empty(Question):
    """`notes__empty=True`: nothing is stored."""

    lookup_name = "empty"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare the length with nothing."""
        column, values = self.process_lhs(compiler, connection)
        return f"length({column}) {'=' if self.rhs else '>'} 0", tuple(values)


class Bytes(Question):
    """`notes__bytes=encrypted`: exactly these bytes are stored."""

    lookup_name = "bytes"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare the bytes."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = %s", (*values, connection.Database.Binary(self.rhs))


class NotUnder(Question):
    """`notes__not_under=header`: something is stored, and it does not begin with this header."""

    lookup_name = "not_under"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare the first bytes."""
        column, values = self.process_lhs(compiler, connection)
        header = connection.Database.Binary(self.rhs)
        sql = f"length({column}) > 0 AND substr({column}, 1, {len(self.rhs)}) <> %s"
        return f"({sql})", (*values, *values, header)


OWN = (Empty, Bytes, NotUnder)
ALLOWED: dict[str, type[Question]] = {"isnull": Null} | {kind.lookup_name: kind for kind in OWN}
