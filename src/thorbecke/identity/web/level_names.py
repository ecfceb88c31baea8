"""Names of assurance levels and roles as people read them."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from thorbecke.kernel.access import AssuranceLevel

_LEVEL_NAMES = {
    AssuranceLevel.NONE: gettext_noop("not logged in"),
    AssuranceLevel.LOW: gettext_noop("low"),
    AssuranceLevel.SUBSTANTIAL: gettext_noop("substantial"),
    AssuranceLevel.HIGH: gettext_noop("high"),
}
_ROLE_NAMES = {
    "administrator": gettext_noop("administrator"),
    "returning-officer": gettext_noop("returning officer"),
}


def level_name(level: AssuranceLevel) -> str:
    """Return the name of `level` in the language of the visitor."""
    return gettext(_LEVEL_NAMES[level])


def role_name(role: str) -> str:
    """Return the name of `role` in the language of the visitor; without translation its own words."""
    return gettext(_ROLE_NAMES.get(role, role.replace("-", " ")))
