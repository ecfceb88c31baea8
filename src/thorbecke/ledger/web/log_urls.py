"""Fixed, cacheable addresses of the log (C2SP tlog-tiles)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "log"
urlpatterns: list[URLPattern | URLResolver] = []
