"""Tables of the identity room: officials and their means, the audit trail, counted attempts, practice logins."""

from __future__ import annotations

from typing import Any

from django.db import models

from .domain.events import Verb


class Official(models.Model):
    """Someone who works for the authority: logs in with a passkey, or with a password and a code."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    roles: models.JSONField[Any, list[str]] = models.JSONField(default=list)
    password = models.CharField(max_length=256, blank=True)
    sealed_totp_secret = models.CharField(max_length=256, blank=True)
    last_totp_step = models.BigIntegerField(default=0)
    setup_digest = models.CharField(max_length=64, blank=True, db_index=True)
    setup_until = models.DateTimeField(null=True)
    means_version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    @property
    def actor_id(self) -> str:
        """The pseudonym under which this official is recorded."""
        return f"official:{self.pk}"


class Passkey(models.Model):
    """A WebAuthn credential of an official; `credential_id` is base64url without padding."""

    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="+")
    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    label = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.label


class IdentityEvent(models.Model):
    """One line of the audit trail: who did what to whom, by pseudonyms only."""

    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=40, choices=[(verb.value, verb.value) for verb in Verb])
    actor_id = models.CharField(max_length=80, db_index=True)
    subject_id = models.CharField(max_length=80, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField(null=True)
    facts: models.JSONField[Any, dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Throttle(models.Model):
    """Counted attempts under one key, as the moment at which the allowance is whole again."""

    key = models.CharField(max_length=64, unique=True)
    full_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class PracticeGrant(models.Model):
    """An authorization code that the development eID gave out and that is not yet exchanged."""

    code_digest = models.CharField(max_length=64, unique=True)
    claims: models.JSONField[Any, dict[str, Any]] = models.JSONField()
    redirect_uri = models.CharField(max_length=500)
    challenge = models.CharField(max_length=128)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.code_digest


class PracticeKey(models.Model):
    """The one signing key of the development eID, shared by all workers."""

    name = models.CharField(max_length=20, unique=True)
    jwk: models.JSONField[Any, dict[str, Any]] = models.JSONField()

    def __str__(self) -> str:
        return self.name
