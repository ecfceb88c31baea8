"""Production refuses to start with anything that is meant for development, and says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from thorbecke.config.checks import check_production, refuse_unsafe_production
from thorbecke.config.environment import DEVELOPMENT_SECRET_KEY

SAFE = {
    "PRODUCTION": True,
    "DEVELOPMENT_EID": False,
    "EID_ISSUER": "https://eid.example",
    "SECRET_KEY": "s" * 50,
    "PSEUDONYM_KEY": "p" * 32,
    "DEBUG": False,
    "SITE_URL": "https://stad.example",
    "ALLOWED_HOSTS": ["stad.example"],
    "LOG_KEY": "key",
}


def faults(settings: Any, **changed: Any) -> list[str]:
    for name, value in {**SAFE, **changed}.items():
        setattr(settings, name, value)
    return [str(fault.msg).split()[0] for fault in check_production()]


def test_safe_settings_start(settings: Any) -> None:
    assert faults(settings) == []
    assert faults(settings, EID_ISSUER="") == []
    refuse_unsafe_production()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"DEVELOPMENT_EID": True}, "THORBECKE_DEVELOPMENT_EID"),
        ({"EID_ISSUER": "http://eid.example"}, "THORBECKE_EID_ISSUER"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET_KEY}, "THORBECKE_SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "THORBECKE_SECRET_KEY"),
        ({"PSEUDONYM_KEY": ""}, "THORBECKE_PSEUDONYM_KEY"),
        ({"DEBUG": True}, "THORBECKE_DEBUG"),
        ({"SITE_URL": "http://stad.example"}, "THORBECKE_SITE_URL"),
        ({"ALLOWED_HOSTS": ["other.example"]}, "THORBECKE_HOSTS"),
        ({"LOG_KEY": ""}, "THORBECKE_LOG_KEY"),
    ],
)
def test_each_fault_is_named(settings: Any, changed: dict[str, Any], named: str) -> None:
    assert faults(settings, **changed) == [named]
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_unsafe_production()


def test_outside_production_nothing_is_refused(settings: Any) -> None:
    assert faults(settings, PRODUCTION=False, DEVELOPMENT_EID=True, SECRET_KEY=DEVELOPMENT_SECRET_KEY) == []
