"""Codes from an authenticator app (RFC 6238): which time step a code belongs to, and that it counts once."""

from __future__ import annotations

import secrets
from base64 import b32encode
from datetime import datetime

import pyotp

STEP_SECONDS = 30
WINDOW = 1
"""Steps of clock difference that are accepted, either way (RFC 6238, section 5.2 advises at most one)."""

SECRET_BYTES = 20
"""RFC 4226, section 4, requirement R6: 160 bits are recommended."""


def new_secret() -> str:
    """Return a fresh secret in base32, as authenticator apps read it."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(at: datetime) -> int:
    """Return the number of the time step in which `at` falls (RFC 6238, section 4.2)."""
    return int(at.timestamp()) // STEP_SECONDS


def find_step(*, secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """Return the time step of which `code` is the code, or None.

    Only steps after `last_step` count, so that a code works once (RFC 6238, section 5.2).
    """
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    digits = "".join(code.split())
    now = step_at(at)
    steps = range(max(now - WINDOW, last_step + 1), now + WINDOW + 1)
    matches = [step for step in steps if secrets.compare_digest(totp.generate_otp(step).encode(), digits.encode())]
    return matches[0] if matches else None


def next_code(*, secret: str, at: datetime, last_step: int) -> str | None:
    """Return the first code that still works at `at`, or None when the last possible one was used."""
    step = max(step_at(at), last_step + 1)
    return pyotp.TOTP(secret, interval=STEP_SECONDS).generate_otp(step) if step <= step_at(at) + WINDOW else None


def enrolment_address(*, secret: str, account: str, issuer: str) -> str:
    """Return the otpauth address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=account, issuer_name=issuer)
