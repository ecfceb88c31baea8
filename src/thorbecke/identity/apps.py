"""The identity room as a Django application."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the identity room."""

    name = "thorbecke.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
