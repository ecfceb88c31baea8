"""Routes of the home room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "home"
urlpatterns: list[URLPattern | URLResolver] = []
