"""Who is let in where: one row per address of the product. An address without a row fails the matrix."""

from needlework.accounts.models import Role
from tests.integration.authorisation.rules import Row, anyone

LEAD = (Role.LEAD,)

POLICY = {
    "livez": Row(anyone),
    "readyz": Row(anyone, answers=(200, 503)),
    "brand": Row(anyone),
}
