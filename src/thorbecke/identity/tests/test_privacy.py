"""No personal data in log lines, addresses or the audit trail."""

from __future__ import annotations

import json
import logging
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from thorbecke.identity.domain.practice import PEOPLE
from thorbecke.identity.models import IdentityEvent, Official, Throttle
from thorbecke.identity.operations.sealing import seal
from thorbecke.kernel.access import AssuranceLevel

from . import eid

pytestmark = pytest.mark.django_db

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PASSWORD = "vier losse woorden hier"
NETWORK = "203.0.113.7"


class Recorder(Client):
    """A browser that notes every address it visits or is sent to."""

    def __init__(self) -> None:
        super().__init__(REMOTE_ADDR=NETWORK)
        self.addresses: list[str] = []

    def request(self, **request: Any) -> Any:
        self.addresses.append(f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}")
        response = super().request(**request)
        self.addresses.append(response.headers.get("Location", ""))
        return response


def visit_everything(browser: Recorder) -> None:
    eid.log_in(browser, person="ingrid", level=AssuranceLevel.HIGH, company="90000022")
    browser.get("/mijn/inloggen/")
    browser.post("/mijn/namens/", {"representee": ""})
    browser.post("/uitloggen/")
    browser.get("/inloggen/terug/", {"state": "unknown", "code": "x"})
    form = {"username": "otto", "password": PASSWORD}
    browser.post("/medewerkers/inloggen/", {**form, "code": "000000"})
    browser.post("/medewerkers/inloggen/", {**form, "code": pyotp.TOTP(SECRET).at(timezone.now())})
    browser.get("/medewerkers/mijn/")
    browser.post("/medewerkers/nieuw/", {"username": "nina", "name": "Nina Nieuw", "roles": []})


def test_nothing_personal_leaves_a_trace(caplog: Any) -> None:
    official = Official.objects.create(
        username="otto",
        name="Otto Ordentelijk",
        roles=["administrator"],
        password=make_password(PASSWORD),
        sealed_totp_secret=seal(SECRET),
    )
    browser = Recorder()
    with caplog.at_level(logging.DEBUG):
        visit_everything(browser)
    words = ["Ingrid", "Sluiswachter", "Noorderhaven", "oefen-ingrid", "90000022", "otto", "Otto", "nina", "Nina"]
    secrets = [PASSWORD, SECRET, NETWORK]
    assert PEOPLE[-1].name == "Ingrid Sluiswachter"
    trail = json.dumps(list(IdentityEvent.objects.values("verb", "actor_id", "subject_id", "facts")))
    kept = trail + json.dumps(list(Throttle.objects.values_list("key", flat=True)))
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    # The development eID itself names the practice person in its own address ("persoon=ingrid"): a key, not a name.
    for place in (ours.replace("persoon=ingrid", ""), "\n".join(browser.addresses), kept):
        for word in words + secrets:
            assert word not in place, word
    assert official.actor_id in trail
    assert "resident-login" in ours
