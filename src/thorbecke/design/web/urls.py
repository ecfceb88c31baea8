"""Routes of the design room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "design"
urlpatterns: list[URLPattern | URLResolver] = []
