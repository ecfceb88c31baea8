"""Write the audit trail."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from thorbecke.identity.domain.events import Verb
from thorbecke.identity.models import IdentityEvent
from thorbecke.kernel.access import AssuranceLevel

logger = logging.getLogger(__name__)


def note(
    *,
    verb: Verb,
    actor_id: str,
    at: datetime,
    subject_id: str = "",
    level: AssuranceLevel | None = None,
    **facts: Any,
) -> None:
    """Write one line of the audit trail, in the caller's transaction; `facts` hold no personal data.

    The log of the server gets the verb and the number of the line only.
    """
    event = IdentityEvent.objects.create(
        at=at, verb=verb.value, actor_id=actor_id, subject_id=subject_id, level=level, facts=facts
    )
    logger.info("%s, line %d of the audit trail", verb.value, event.pk)
