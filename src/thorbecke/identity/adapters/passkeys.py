"""WebAuthn: what a browser is asked for, and whether its answer is right."""

from __future__ import annotations

from dataclasses import dataclass

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from thorbecke.identity.domain.officials import PasskeyRefused


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are valid: host name (relying party) and origin as the browser sees it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """Options for the browser as JSON, and the challenge (base64url) to keep until it answers."""

    options: str
    challenge: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A credential that a browser just made."""

    credential_id: str
    public_key: bytes
    sign_count: int


def ask_for_new(site: Site, *, actor_id: str, username: str, name: str, known: list[str]) -> Question:
    """Ask the browser to make a passkey that verifies its user; `known` credentials are not made again."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=actor_id.encode(),
        user_name=username,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return Question(options_to_json(options), bytes_to_base64url(options.challenge))


def ask_for_known(site: Site) -> Question:
    """Ask the browser for any passkey of this site, with its user verified."""
    options = generate_authentication_options(rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED)
    return Question(options_to_json(options), bytes_to_base64url(options.challenge))


def verify_new(site: Site, *, credential: str, challenge: str) -> NewPasskey:
    """Return the passkey that `credential` (JSON of the browser) describes. Raises PasskeyRefused."""
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError) as error:
        raise PasskeyRefused from error
    return NewPasskey(bytes_to_base64url(verified.credential_id), verified.credential_public_key, verified.sign_count)


def credential_id_of(credential: str) -> str:
    """Return which passkey `credential` (JSON of the browser) claims to be. Raises PasskeyRefused."""
    try:
        return bytes_to_base64url(parse_authentication_credential_json(credential).raw_id)
    except (WebAuthnException, ValueError, KeyError) as error:
        raise PasskeyRefused from error


def verify_known(site: Site, *, credential: str, challenge: str, public_key: bytes, sign_count: int) -> int:
    """Return the new sign count when `credential` is right. Raises PasskeyRefused, also for a count that went back."""
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError) as error:
        raise PasskeyRefused from error
    return verified.new_sign_count
