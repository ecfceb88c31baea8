"""What the audit trail of the identity room records."""

from __future__ import annotations

from enum import Enum


class Verb(Enum):
    """What someone did, or tried to do."""

    RESIDENT_LOGIN = "resident-login"
    RESIDENT_LOGIN_REFUSED = "resident-login-refused"
    OFFICIAL_LOGIN = "official-login"
    OFFICIAL_LOGIN_REFUSED = "official-login-refused"
    LOGOUT = "logout"
    ACT_AS = "act-as"
    OFFICIAL_CREATED = "official-created"
    OFFICIAL_SET_UP = "official-set-up"
    ROLES_SET = "roles-set"
    OFFICIAL_DEACTIVATED = "official-deactivated"
    OFFICIAL_ACTIVATED = "official-activated"
    MEANS_RESET = "means-reset"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
