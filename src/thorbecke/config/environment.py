"""The settings that an administrator can give as environment variables, with their meaning."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: name, value where it is not given, and what it does (also in docs/settings.md)."""

    name: str
    default: str
    meaning: str

    @property
    def value(self) -> str:
        """The value in the environment, or the default."""
        return os.environ.get(self.name, self.default)

    @property
    def is_true(self) -> bool:
        """Whether the value says yes: 1, true, yes or on."""
        return self.value.strip().lower() in {"1", "true", "yes", "on"}

    @property
    def words(self) -> list[str]:
        """The value as a list, split at commas and spaces."""
        return self.value.replace(",", " ").split()


DEVELOPMENT_SECRET_KEY = "development-only-key-that-production-refuses"  # noqa: S105  # refused by --production

DATA = Setting("THORBECKE_DATA", str(CHECKOUT / "var"), "Folder for the database, keys and uploaded files.")
DATABASE_URL = Setting("DATABASE_URL", "", "Database as a URL; empty means SQLite in the data folder.")
SECRET_KEY = Setting(
    "THORBECKE_SECRET_KEY", DEVELOPMENT_SECRET_KEY, "Secret that signs sessions; at least 50 characters."
)
SECRET_KEY_PREVIOUS = Setting(
    "THORBECKE_SECRET_KEY_PREVIOUS",
    "",
    "The secret that THORBECKE_SECRET_KEY replaces; keeps sessions and codes working.",
)
DEBUG = Setting("THORBECKE_DEBUG", "no", "Show technical error pages; refused by --production.")
PRODUCTION = Setting(
    "THORBECKE_PRODUCTION", "no", "Refuse to start with anything meant for development; set by --production."
)
HOSTS = Setting("THORBECKE_HOSTS", "localhost 127.0.0.1 [::1]", "Host names under which the site is reached.")
SITE_URL = Setting("THORBECKE_SITE_URL", "http://localhost:8000", "Address of the site as visitors type it.")
AUTHORITY = Setting("THORBECKE_AUTHORITY", "Gemeente Voorbeeldstad", "Name of the authority, shown on every page.")
CONTACT = Setting(
    "THORBECKE_CONTACT", "info@voorbeeldstad.example", "E-mail address for visitors, also about accessibility."
)
SECURITY_CONTACT = Setting(
    "THORBECKE_SECURITY_CONTACT",
    "mailto:security@voorbeeldstad.example",
    "Where to report a weakness, as in security.txt: an address that starts with mailto:, tel: or https:.",
)
SOURCE_URL = Setting("THORBECKE_SOURCE_URL", "", "Address of the source code of this site, linked on every page.")
UPLOAD_MEGABYTES = Setting("THORBECKE_UPLOAD_MEGABYTES", "100", "Largest request that the site reads, in megabytes.")
LOG_ORIGIN = Setting(
    "THORBECKE_LOG_ORIGIN", "demo.thorbecke.example/log", "Name of the public log in its checkpoints; never change it."
)
LOG_KEY = Setting(
    "THORBECKE_LOG_KEY", "", "Signing key of the log (note signer form); empty means a key made in the data folder."
)
LOG_KEY_PREVIOUS = Setting(
    "THORBECKE_LOG_KEY_PREVIOUS", "", "Signing key that is being replaced; signs beside the new one."
)
DEVELOPMENT_EID = Setting(
    "THORBECKE_DEVELOPMENT_EID", "yes", "Offer the eID with fictitious people; refused by --production."
)
EID_ISSUER = Setting(
    "THORBECKE_EID_ISSUER", "", "Address of the OpenID Connect provider for residents; empty means the development eID."
)
EID_CLIENT_ID = Setting("THORBECKE_EID_CLIENT_ID", "thorbecke", "Name under which that provider knows this site.")
EID_CLIENT_SECRET = Setting("THORBECKE_EID_CLIENT_SECRET", "", "Secret that this site shares with that provider.")
PSEUDONYM_KEY = Setting(
    "THORBECKE_PSEUDONYM_KEY", "", "Secret from which pseudonyms of residents are made, 32 characters; never change it."
)
SESSION_MINUTES = Setting("THORBECKE_SESSION_MINUTES", "15", "Minutes without use after which a login ends.")
TRUSTED_PROXIES = Setting(
    "THORBECKE_TRUSTED_PROXIES", "0", "Number of our own proxies in front that add to X-Forwarded-For."
)

SETTINGS = [value for value in list(vars().values()) if isinstance(value, Setting)]
