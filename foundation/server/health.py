"""Whether the portal is alive, and whether it is ready for readers."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from foundation.server.page_cache.wsgi_middleware import PAGE_CACHE

_migrated = False


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """A plain word that the process is alive."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether database, migrations and page cache are as readers need them; else 503."""
    checks = {"database": _database(), "migrations": False, "page cache": _page_cache(request)}
    if checks["database"]:
        checks["migrations"] = _is_migrated()
    lines = [f"{name}: {'ok' if is_well else 'not ready'}" for name, is_well in checks.items()]
    response = HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        status=200 if all(checks.values()) else 503,
    )
    response["Cache-Control"] = "no-store"
    return response


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_migrated() -> bool:
    """True when no migration is missing; that is asked until it is so, and then not again."""
    global _migrated
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return False
    return _migrated


def _page_cache(request: HttpRequest) -> bool:
    """True when the store hears of changes, or there is none."""
    page_cache = request.META.get(PAGE_CACHE)
    return (
        page_cache is None or page_cache.listener is None or bool(page_cache.listener.is_connected)
    )
