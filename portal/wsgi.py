"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
_django = get_wsgi_application()

from portal.page_cache_policy import with_page_cache  # noqa: E402  (Django is to be set up first)

application = with_page_cache(_django)
