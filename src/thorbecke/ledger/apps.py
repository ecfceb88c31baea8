"""The ledger room as a Django application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the ledger room."""

    name = "thorbecke.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
