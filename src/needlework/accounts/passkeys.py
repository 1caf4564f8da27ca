"""Passkeys (WebAuthn): what the browser is asked, and whether its answer holds."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from needlework.accounts.models import Passkey, User


class Unproven(Exception):  # noqa: N818 - it is an answer, not a fault
    """The browser's answer does not hold; the message is the sentence they read."""


SENTENCE = "That passkey was not accepted. Try again, or use another way."


@dataclass(frozen=True)
class Site:
    """The site that a passkey belongs to: it answers to no other."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True)
class NewKey:
    """A passkey as it was made."""

    credential_id: str
    public_key: str
    sign_count: int


def site_of(request: HttpRequest, *, name: str) -> Site:
    """Return the site as the browser sees it."""
    origin = f"{request.scheme}://{request.get_host()}"
    return Site(urlsplit(origin).hostname or "", origin, name)


def ask_for_new(site: Site, user: User, known: Iterable[Passkey]) -> tuple[str, str]:
    """Return what to ask the browser for a new passkey (JSON), and the challenge to remember."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=user.pk.bytes,
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def check_new(site: Site, answer: str, *, challenge: str) -> NewKey:
    """Return the passkey that the browser made, or raise `Unproven`."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise Unproven(SENTENCE) from fault
    return NewKey(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count
    )


def ask_for_proof(site: Site, known: Iterable[Passkey]) -> tuple[str, str]:
    """Return what to ask the browser to prove one of these passkeys (JSON), and the challenge to remember."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def credential_id(answer: str) -> str:
    """Return which passkey an answer claims to come from; nothing where it makes no sense."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    claimed = found.get("id") if isinstance(found, dict) else None
    return claimed if isinstance(claimed, str) else ""


def check_proof(site: Site, answer: str, passkey: Passkey, *, challenge: str) -> int:
    """Return the passkey's new count of signatures, or raise `Unproven`."""
    try:
        proof = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise Unproven(SENTENCE) from fault
    return proof.new_sign_count


def _descriptors(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id)) for passkey in known]
