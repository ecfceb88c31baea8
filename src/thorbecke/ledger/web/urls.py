"""Routes of the pages about the log, below `controleren/`."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [
    path("", views.check_us, name="check-us"),
    path("uitkomsten/<int:index>/", views.outcome, name="outcome"),
]
