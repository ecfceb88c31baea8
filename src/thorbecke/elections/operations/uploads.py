"""Keep uploaded files between the summary and the confirmation, and forget them after a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from thorbecke.elections import models
from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.domain.published import ImportSummary
from thorbecke.elections.queries import find_pending
from thorbecke.identity.public import Actor, AssuranceLevel, require
from thorbecke.kernel.errors import NotFound
from thorbecke.kernel.messages import Message, gettext_noop

from .importing import IMPORT, import_election, preview_import

KEPT_FOR = timedelta(days=1)


def keep_upload(*, actor: Actor, files: Sequence[EmlFile], seats: int | None, at: datetime) -> str:
    """Keep files that read well until they are confirmed, and return the token that names them.

    Removes earlier unconfirmed files of this actor and all that are a day old. Needs the permission
    "elections.import". Raises NotEntitled, and BadInput for a wrong file.
    """
    preview_import(actor=actor, files=files, seats=seats)
    with transaction.atomic():
        models.PendingImport.objects.filter(received_at__lt=at - KEPT_FOR).delete()
        models.PendingImport.objects.filter(received_by=actor.id).delete()
        pending = models.PendingImport.objects.create(
            token=token_urlsafe(32), received_at=at, received_by=actor.id, seats=seats
        )
        models.PendingFile.objects.bulk_create(
            models.PendingFile(pending=pending, name=file.name, content=file.content) for file in files
        )
    return pending.token


def preview_upload(*, actor: Actor, token: str) -> ImportSummary:
    """Say what confirming the kept files would change. Raises NotEntitled, and NotFound when they are gone."""
    require(actor=actor, permission=IMPORT, level=AssuranceLevel.SUBSTANTIAL)
    pending = _pending(actor, token)
    return preview_import(actor=actor, files=_files(pending), seats=pending.seats)


def confirm_upload(*, actor: Actor, token: str, at: datetime, correction: bool = False) -> ImportSummary:
    """Import the kept files and remove them, in one transaction. Raises as import_election, and NotFound."""
    require(actor=actor, permission=IMPORT, level=AssuranceLevel.SUBSTANTIAL)
    with transaction.atomic():
        pending = _pending(actor, token)
        summary = import_election(actor=actor, files=_files(pending), seats=pending.seats, at=at, correction=correction)
        pending.delete()
    return summary


def discard_upload(*, actor: Actor, token: str) -> None:
    """Remove kept files without importing them; nothing happens when they are gone already. Raises NotEntitled."""
    require(actor=actor, permission=IMPORT, level=AssuranceLevel.SUBSTANTIAL)
    models.PendingImport.objects.filter(token=token, received_by=actor.id).delete()


def _pending(actor: Actor, token: str) -> models.PendingImport:
    pending = find_pending(token=token, received_by=actor.id)
    if pending is None:
        raise NotFound(
            Message(gettext_noop("These files are no longer kept: they were imported, cancelled or replaced.")),
            Message(gettext_noop("Send the files again.")),
        )
    return pending


def _files(pending: models.PendingImport) -> list[EmlFile]:
    return [EmlFile(row.name, bytes(row.content)) for row in pending.files.order_by("pk")]
