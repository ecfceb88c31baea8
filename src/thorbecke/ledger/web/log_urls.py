"""Fixed, cacheable addresses of the log (C2SP tlog-tiles)."""

from __future__ import annotations

from django.urls import path

from . import log_views

app_name = "log"
urlpatterns = [
    path("checkpoint", log_views.checkpoint, name="checkpoint"),
    path("tile/entries/<path:path>", log_views.entries, name="entries"),
    path("tile/<str:level>/<path:path>", log_views.tile, name="tile"),
    path("log/key", log_views.key, name="key"),
    path("log/outcomes/<int:index>/proof.json", log_views.proof, name="proof"),
    path("log/outcomes/<int:index>/bundle.json", log_views.bundle, name="bundle"),
    path("log/rules/<slug:sha256>.json", log_views.rule, name="rule"),
]
