"""The elections room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    """Registers the elections room, and its kind of outcome with the log."""

    name = "thorbecke.elections"
    label = "elections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the log how results are titled, disclosed and shown."""
        from thorbecke.elections.domain.recompute import RULES  # noqa: PLC0415  # apps are loaded before models
        from thorbecke.elections.operations.results import KIND  # noqa: PLC0415  # same
        from thorbecke.elections.public import disclose, list_page_urls  # noqa: PLC0415  # same
        from thorbecke.ledger.public import register_kind  # noqa: PLC0415  # same

        register_kind(
            kind=KIND,
            title=_("Result of an election"),
            disclose=lambda index: disclose(index=index),
            rules=RULES,
            page_urls=lambda indexes: list_page_urls(indexes=indexes),
        )
