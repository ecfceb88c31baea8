"""What the session of a visitor holds of a login, and how it begins, is read and ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.translation import gettext as _

from thorbecke.identity.domain.actor import ANYONE, Actor, ActorKind, Representee
from thorbecke.identity.domain.sessions import is_over, must_note
from thorbecke.identity.models import Official
from thorbecke.identity.queries import actor_of_official, find_active_official
from thorbecke.kernel.access import AssuranceLevel

RESIDENT, OFFICIAL, BEGAN, SEEN = "resident", "official", "began_at", "seen_at"


def begin_resident(request: HttpRequest, actor: Actor, at: datetime) -> None:
    """Log `actor` in under a new session key, so that a key from before the login is worth nothing."""
    _begin(request, at)
    request.session[RESIDENT] = _resident_as_json(actor)


def begin_official(request: HttpRequest, official: Official, level: AssuranceLevel, at: datetime) -> None:
    """Log `official` in under a new session key."""
    _begin(request, at)
    request.session[OFFICIAL] = {"pk": official.pk, "means": official.means_version, "level": int(level)}


def change_resident(request: HttpRequest, actor: Actor) -> None:
    """Go on as `actor` in the same login: the same human who now acts for another."""
    request.session[RESIDENT] = _resident_as_json(actor)


def end(request: HttpRequest) -> None:
    """Forget the login and everything else that the session held; a next session gets a new key."""
    request.session.flush()


def read_actor(request: HttpRequest) -> Actor:
    """Return who is logged in; a login that has lasted too long ends here, with a notice."""
    if not hasattr(request, "session") or not {RESIDENT, OFFICIAL} & set(request.session.keys()):
        return ANYONE
    at = timezone.now()
    if _has_ended(request, at):
        end(request)
        messages.info(request, _("You were logged out because you did nothing for a while."))
        return ANYONE
    if RESIDENT in request.session:
        return _resident_from_json(request.session[RESIDENT])
    return _read_official(request)


def _begin(request: HttpRequest, at: datetime) -> None:
    end(request)
    request.session.clear_expired()  # sessions hold names, so old ones do not stay
    rotate_token(request)
    request.session[BEGAN] = request.session[SEEN] = at.isoformat()


def _has_ended(request: HttpRequest, at: datetime) -> bool:
    began_at, seen_at = (datetime.fromisoformat(request.session[key]) for key in (BEGAN, SEEN))
    if is_over(began_at=began_at, seen_at=seen_at, at=at, idle=timedelta(minutes=settings.SESSION_MINUTES)):
        return True
    if must_note(seen_at=seen_at, at=at):
        request.session[SEEN] = at.isoformat()
    return False


def _read_official(request: HttpRequest) -> Actor:
    kept = request.session[OFFICIAL]
    official = find_active_official(pk=kept["pk"], means_version=kept["means"])
    if official is None:
        end(request)
        return ANYONE
    return actor_of_official(official, AssuranceLevel(kept["level"]))


def _resident_as_json(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "level": int(actor.level),
        "may_act_for": [[other.kind.value, other.id, other.name] for other in actor.may_act_for],
        "acting_for": actor.acting_for.id if actor.acting_for else None,
    }


def _resident_from_json(kept: dict[str, Any]) -> Actor:
    others = tuple(Representee(ActorKind(kind), id, name) for kind, id, name in kept["may_act_for"])
    acting_for = next((other for other in others if other.id == kept["acting_for"]), None)
    return Actor(
        kind=acting_for.kind if acting_for else ActorKind.PERSON,
        id=kept["id"],
        name=kept["name"],
        level=AssuranceLevel(kept["level"]),
        acting_for=acting_for,
        may_act_for=others,
    )
