"""What the search field for municipalities offers while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.filters import cleaned
from municipalities.models import Municipality

MOST_SUGGESTED = 5


@require_safe
def municipality_suggestions(request: HttpRequest) -> JsonResponse:
    """Municipalities whose name in either language begins as what is typed (OpenSearch 1.1).

    An array: the words, the names, the names in the other language where they differ, addresses.
    """
    words = cleaned(request.GET.get("q", ""))
    found = _suggested(words) if words else []
    return JsonResponse(
        [
            words,
            [str(one.text("name")) for one in found],
            [_other_name(one) for one in found],
            [absolute(request, one.path()) for one in found],
        ],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/x-suggestions+json",
        headers={"Cache-Control": "public, max-age=60", "X-Robots-Tag": "noindex"},
    )


def _other_name(municipality: Municipality) -> str:
    here = languages.current()
    name = str(municipality.text("name", languages.other(here)))
    return "" if name == str(municipality.text("name")) else name


def _suggested(words: str) -> list[Municipality]:
    """The first few that the words find: by how the name here begins, then the other one."""
    here, begin = languages.current(), words.lower()

    def rank(one: Municipality) -> int:
        names = (one.text("name", language) for language in (here, languages.other(here)))
        return next(
            (place for place, name in enumerate(names) if name.value.lower().startswith(begin)), 2
        )

    found = Municipality.objects.found_by(words).in_order(here)
    return sorted(found, key=rank)[:MOST_SUGGESTED]
