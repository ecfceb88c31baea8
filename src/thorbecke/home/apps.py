"""The home room as a Django application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Registers the home room."""

    name = "thorbecke.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
