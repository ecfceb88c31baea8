"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from .checks import refuse_unsafe_production

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thorbecke.config.settings")
refuse_unsafe_production()
application = get_wsgi_application()
