"""What search finds of stories, publications, good practice and materials."""

from django.utils import timezone
from django.utils.translation import gettext, override

from foundation.search.declarations import Sought, declare, own
from projects.searchable import about, of_content, rich
from publications.models import Material, MaterialFile, Practice, Publication, Story


def _themes(item: Story | Publication | Practice) -> list[int]:
    return [item.theme_id] if item.theme_id else []


def _figures(item: Story | Publication, language: str) -> list[str]:
    return [
        own(figure, name, language)
        for figure in item.figures.all()
        for name in ("caption", "long_description")
    ]


def _story(story: Story, language: str) -> Sought | None:
    return of_content(
        story,
        language,
        leading=[own(story, "kicker", language)],
        further=[*_figures(story, language), own(story, "source", language)],
        year=story.year,
        themes=_themes(story),
        **about([one.pk for one in story.municipalities.all()]),
    )


def _publication(publication: Publication, language: str) -> Sought | None:
    authors = ", ".join(str(one) for one in publication.authorships.all())
    series = " ".join(filter(None, (publication.series, publication.number)))
    publisher = publication.publisher
    proposals = [
        own(one, name, language)
        for one in publication.proposals.all()
        for name in ("title", "proposal")
    ]
    return of_content(
        publication,
        language,
        leading=[authors],
        unquoted=[publication.original_title, series],
        further=[
            own(publication, "key_findings", language),
            *proposals,
            *(own(one, "question", language) for one in publication.questions.all()),
            *_figures(publication, language),
            *([own(publisher, "name", language)] if publisher else []),
            publication.isbn,
        ],
        year=publication.year,
        themes=_themes(publication),
    )


def _practice(practice: Practice, language: str) -> Sought | None:
    areas = [own(area, "name", language) for area in practice.task_areas.all()]
    return of_content(
        practice,
        language,
        leading=areas,
        further=[rich(practice, name, language) for name in _PRACTICE_TEXTS],
        themes=_themes(practice),
        **about([one.municipality_id for one in practice.adoptions.all()]),
    )


_PRACTICE_TEXTS = ("need", "idea", "how", "results", "requirements")


def _material(material: Material, language: str) -> Sought | None:
    if material.is_for_members:
        return _locked(material, language)
    now = timezone.now()
    moments = {file: file.published_at for file in material.files.all() if file.published_at}
    files = [file for file, moment in moments.items() if moment <= now]
    newest: dict[tuple[str, str, str], MaterialFile] = {}
    for file in sorted(files, key=lambda one: one.version):
        newest[file.role, file.language, file.format] = file
    theme = material.thread_theme
    day = timezone.localtime(material.publish_at).date() if material.publish_at else None
    in_languages = {code for file in newest.values() for code in file.language_codes}
    return of_content(
        material,
        language,
        further=[
            own(material, "audience", language),
            own(material, "transcript", language),
            *(file.plain_text() for file in newest.values() if language in file.language_codes),
        ],
        day=day,
        year=day.year if day else None,
        themes=[theme.pk] if theme else [],
        languages=sorted(in_languages & {"sv", "fi"}) or list(material.languages),
        due_at=min((moment for moment in moments.values() if moment > now), default=None),
        **about(
            [one.pk for one in material.workshop.municipalities.all()] if material.workshop else []
        ),
    )


def _locked(material: Material, language: str) -> Sought | None:
    """What everybody may know of a material for members: that it is there, and closed."""
    title = own(material, "title", language)
    if language not in material.languages or not title or not material.slug_in(language):
        return None
    with override(language):
        lock = gettext("Only for members of the network.")
    theme = material.thread_theme
    return Sought(
        title=title,
        path=material.path(language),
        texts=[],
        quoted=[lock],
        themes=[theme.pk] if theme else [],
        languages=list(material.languages),
    )


declare(
    Story,
    _story,
    fetched=(
        "figures",
        "municipalities",
    ),
    follows=("figures", "municipalities"),
)
declare(
    Publication,
    _publication,
    joined=("publisher",),
    fetched=(
        "authorships",
        "proposals",
        "questions",
        "figures",
    ),
    follows=("authorships", "proposals", "questions", "figures", "publisher"),
    boost=1.1,
)
declare(
    Practice,
    _practice,
    fetched=(
        "task_areas",
        "adoptions",
    ),
    follows=("task_areas", "adoptions"),
)
declare(
    Material,
    _material,
    joined=(
        "project",
        "theme",
        "workshop__theme",
        "publication__theme",
    ),
    fetched=(
        "files",
        "workshop__municipalities",
    ),
    follows=("files", "workshop", "workshop__municipalities", "publication"),
)
