"""Names of assurance levels, roles and lines of the audit trail, as people read them."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from thorbecke.identity.domain.events import Verb
from thorbecke.kernel.access import AssuranceLevel

_LEVEL_NAMES = {
    AssuranceLevel.NONE: gettext_noop("not logged in"),
    AssuranceLevel.LOW: gettext_noop("low"),
    AssuranceLevel.SUBSTANTIAL: gettext_noop("substantial"),
    AssuranceLevel.HIGH: gettext_noop("high"),
}
_VERB_NAMES = {
    Verb.OFFICIAL_LOGIN: gettext_noop("logged in"),
    Verb.OFFICIAL_LOGIN_REFUSED: gettext_noop("a login was refused"),
    Verb.LOGOUT: gettext_noop("logged out"),
    Verb.OFFICIAL_CREATED: gettext_noop("was created"),
    Verb.OFFICIAL_SET_UP: gettext_noop("set up the login"),
    Verb.ROLES_SET: gettext_noop("roles were changed"),
    Verb.OFFICIAL_DEACTIVATED: gettext_noop("was stopped"),
    Verb.OFFICIAL_ACTIVATED: gettext_noop("could log in again"),
    Verb.MEANS_RESET: gettext_noop("the login was reset"),
    Verb.PASSKEY_ADDED: gettext_noop("a passkey was added"),
    Verb.PASSKEY_REMOVED: gettext_noop("a passkey was removed"),
}
_ROLE_NAMES = {
    "administrator": gettext_noop("administrator"),
    "returning-officer": gettext_noop("returning officer"),
}


def level_name(level: AssuranceLevel) -> str:
    """Return the name of `level` in the language of the visitor."""
    return gettext(_LEVEL_NAMES[level])


def verb_name(verb: str) -> str:
    """Return what a line of the audit trail of an official says, in the language of the visitor."""
    return gettext(_VERB_NAMES.get(Verb(verb), verb))


def role_name(role: str) -> str:
    """Return the name of `role` in the language of the visitor; without translation its own words."""
    return gettext(_ROLE_NAMES.get(role, role.replace("-", " ")))
