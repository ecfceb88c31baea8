"""Strange addresses give a page that says what is wrong, never a server error, on either database."""

from __future__ import annotations

import pytest
from django.test import Client

HUGE = "9" * 30
ADDRESSES = [
    "/verkiezingen/%00/",
    f"/verkiezingen/{'a' * 5000}/",
    f"/verkiezingen/GR2026_Voorbeeldstad/lijst/{HUGE}/",
    f"/verkiezingen/GR2026_Voorbeeldstad/stembureau/{HUGE}/",
    f"/verkiezingen/GR2026_Voorbeeldstad/versie/{HUGE}/",
    "/verkiezingen/GR2026_Voorbeeldstad/versie/1/%00.eml.xml",
    "/verkiezingen/GR2026_Voorbeeldstad/wat-als/?seats=%00&method=%00",
    f"/log/outcomes/{HUGE}/bundle.json",
    "/log/rules/zz.json",
    "/tile/0/000.p/257",
    f"/tile/entries/{HUGE}",
    "/zoeken/?q=%00",
    "/zoeken/?q=%ff%fe%25'--",
    f"/zoeken/?q={'x' * 9000}",
    f"/controleren/?before={HUGE}",
    f"/controleren/uitkomsten/{HUGE}/",
    "/inloggen/?next=%00",
    "/inloggen/terug/?code=%00&state=%00",
    "/medewerkers/beginnen/%00/",
    "/oefen-eid/%00/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:40])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_the_site(client: Client, address: str, method: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code < 500
    if method == "get" and response.headers.get("Content-Type", "").startswith("text/html"):
        assert b"<h1" in response.content or response.status_code == 302
