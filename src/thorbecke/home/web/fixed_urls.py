"""Fixed addresses for machines and researchers, the same in every language."""

from __future__ import annotations

from django.urls import path

from . import fixed

urlpatterns = [
    path(".well-known/security.txt", fixed.security_txt, name="security-txt"),
    path("robots.txt", fixed.robots_txt, name="robots-txt"),
]
