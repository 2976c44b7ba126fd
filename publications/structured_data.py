"""What search engines read of stories and publications (schema.org)."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.content.addresses import absolute
from foundation.content.pages import json_ld
from projects.models import Organisation
from projects.structured_data import organisation
from publications.models import Authorship, Publication, Story


def article(request: HttpRequest, story: Story, owner: Organisation | None) -> SafeString:
    """A story as an Article."""
    title = story.text("title")
    return json_ld(
        {
            "@type": "Article",
            "headline": title.value,
            "inLanguage": title.language,
            "description": str(story.text("lead")),
            "url": absolute(request, story.path()),
            "copyrightYear": story.year,
            "dateModified": story.updated_at.isoformat(),
            "publisher": organisation(owner) if owner else None,
        }
    )


def report(
    request: HttpRequest, publication: Publication, authorships: list[Authorship]
) -> SafeString:
    """A publication as a Report, Article or CreativeWork, by its original title."""
    kinds = {"report": "Report", "article": "ScholarlyArticle", "guide": "CreativeWork"}
    publisher = publication.publisher
    return json_ld(
        {
            "@type": kinds[publication.kind],
            "name": publication.original_title or str(publication.text("title")),
            "inLanguage": publication.original_language.split("+"),
            "datePublished": str(publication.year),
            "isbn": publication.isbn,
            "sameAs": [
                *([publication.doi_address] if publication.doi else []),
                *([publication.full_text] if publication.full_text else []),
            ],
            "isPartOf": _issue(publication) if publication.kind == "article" else None,
            "pagination": publication.pages if publication.kind == "article" else "",
            "url": absolute(request, publication.path()),
            "author": [{"@type": "Person", "name": str(author)} for author in authorships],
            "publisher": organisation(publisher) if publisher else None,
        }
    )


def _issue(publication: Publication) -> dict[str, object] | None:
    """The issue of the journal that an article stands in."""
    if not publication.series:
        return None
    return {
        "@type": "PublicationIssue",
        "issueNumber": publication.number,
        "isPartOf": {"@type": "Periodical", "name": publication.series},
    }
