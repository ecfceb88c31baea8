"""From which network the visitor of a request comes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from thorbecke.identity.domain.network import client_network


def network_of(request: HttpRequest) -> str:
    """Return the network in which attempts are counted; it is never stored or logged as it is."""
    return client_network(
        remote_address=request.META.get("REMOTE_ADDR", ""),
        forwarded_for=request.headers.get("X-Forwarded-For", ""),
        trusted_proxies=settings.TRUSTED_PROXIES,
    )
