"""Every route of the site: fixed addresses of the log, and pages in Dutch (no prefix) and English (/en/)."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("thorbecke.ledger.web.log_urls")),
    path("", include("thorbecke.home.web.fixed_urls")),
    *i18n_patterns(
        path("", include("thorbecke.home.web.urls")),
        path("", include("thorbecke.identity.web.urls")),
        path("controleren/", include("thorbecke.ledger.web.urls")),
        path("verkiezingen/", include("thorbecke.elections.web.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "thorbecke.design.web.errors.bad_request"
handler403 = "thorbecke.design.web.errors.permission_denied"
handler404 = "thorbecke.design.web.errors.page_not_found"
handler500 = "thorbecke.design.web.errors.server_error"
