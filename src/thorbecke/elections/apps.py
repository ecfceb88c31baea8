"""The elections room as a Django application."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Registers the elections room."""

    name = "thorbecke.elections"
    label = "elections"
    default_auto_field = "django.db.models.BigAutoField"
