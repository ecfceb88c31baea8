"""The site's routes with a few more, to see what the middleware does with each kind of view."""

from __future__ import annotations

import importlib
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import path

from thorbecke.identity.domain.actor import PermissionMissing
from thorbecke.identity.domain.officials import OfficialUnknown
from thorbecke.identity.domain.throttle import TooManyAttempts
from thorbecke.identity.public import current_actor
from thorbecke.kernel.access import AssuranceLevel, for_officials, for_residents, open_to_anyone


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@open_to_anyone
def anyone(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@open_to_anyone
def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_actor().id)


@for_residents(AssuranceLevel.SUBSTANTIAL)
def resident(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_actor().id)


@for_officials("elections.import")
def official(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_actor().id)


@open_to_anyone
def raises(request: HttpRequest, error: str) -> HttpResponse:
    raise {
        "forbidden": PermissionMissing("elections.publish"),
        "absent": OfficialUnknown(),
        "often": TooManyAttempts(timedelta(seconds=41.2)),
    }[error]


urlpatterns = [
    path("proef/niets/", undeclared),
    path("proef/open/", anyone),
    path("proef/wie/", who),
    path("proef/inwoner/", resident),
    path("proef/medewerker/", official),
    path("proef/fout/<str:error>/", raises),
    *importlib.import_module("thorbecke.config.urls").urlpatterns,
]
