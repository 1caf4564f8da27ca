"""Which second factors somebody has."""

from dataclasses import dataclass

from needlework.accounts.models import Authenticator, Passkey, User


@dataclass(frozen=True)
class Factors:
    """What somebody can prove besides the password."""

    authenticator: Authenticator | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def enough(self) -> bool:
        """Say whether there is a second factor at all; codes on paper alone are none."""
        return bool(self.authenticator or self.passkeys)

    @property
    def only_one(self) -> bool:
        """Say whether taking one away would leave none."""
        return (self.authenticator is not None) + len(self.passkeys) == 1


def factors_of(user: User) -> Factors:
    """Return somebody's second factors in force."""
    return Factors(
        authenticator=user.authenticators.filter(ended_at=None).exclude(confirmed_at=None).first(),
        passkeys=tuple(user.passkeys.filter(ended_at=None).order_by("added_at")),
        codes_left=user.recovery_codes.filter(used_at=None, withdrawn_at=None).count(),
    )


def authenticator_being_set_up(user: User) -> Authenticator | None:
    """Return the authenticator app whose first code is still awaited."""
    return user.authenticators.filter(ended_at=None, confirmed_at=None).first()
