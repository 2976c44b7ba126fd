"""What a search field offers while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.filters import cleaned
from foundation.search.declarations import declared
from foundation.search.suggesting import suggestions

MOST_OF_ONE_KIND = 5


@require_safe
def suggested(request: HttpRequest, kind: str = "") -> JsonResponse:
    """Names that begin as what is typed, as browsers know suggestions (OpenSearch Suggestions 1.1).

    An array: the words, the completions, a description and an address for each. What is of one
    kind (a table) is described by its name in the other language, where that differs.
    """
    text, language = cleaned(request.GET.get("q", "")), languages.current()
    if kind:
        found = suggestions(text, language, kind=kind, most=MOST_OF_ONE_KIND)
        about = [item.other_title for item in found]
    else:
        found = suggestions(text, language)
        about = [str(declared()[item.kind].model._meta.verbose_name) for item in found]
    return JsonResponse(
        [
            text,
            [item.title for item in found],
            about,
            [absolute(request, item.path) for item in found],
        ],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/x-suggestions+json",
        headers={"Cache-Control": "public, max-age=60", "X-Robots-Tag": "noindex"},
    )
