"""What search finds of the project, its themes, workshops and people."""

from typing import Any

from foundation.content.addresses import address
from foundation.content.models import Content
from foundation.search.declarations import BODY, LEAD, Sought, declare, own
from foundation.search.words import plain
from municipalities.searchable import municipality_reference
from projects.models import Contact, Programme, Project, Theme, Workshop, WorkshopSeries


def rich(item: Any, field: str, language: str) -> str:
    """The words of a rich text in exactly this language."""
    return plain(own(item, field, language))


def of_content(
    item: Content,
    language: str,
    *,
    leading: list[str] | None = None,
    further: list[str] | None = None,
    unquoted: list[str] | None = None,
    **facts: Any,
) -> Sought | None:
    """What is kept of any content: its title, lead and body, and what else a type has to say.

    No hit quotes what is `unquoted`: it may be in another language than the item.
    None in a language that the item does not exist in, or has no title in yet.
    """
    title = own(item, "title", language)
    if language not in item.languages or not title or not item.slug_in(language):
        return None
    lead, body = own(item, "lead", language), rich(item, "body", language)
    texts = [(text, LEAD) for text in (lead, *(leading or []), *(unquoted or []))]
    texts += [(text, BODY) for text in (body, *(further or []))]
    facts.setdefault("languages", list(item.languages))
    return Sought(
        title=title,
        path=item.path(language),
        texts=[(text, weight) for text, weight in texts if text],
        quoted=[lead, *(leading or []), body, *(further or [])],
        **facts,
    )


def about(municipalities: list[int]) -> dict[str, Any]:
    """The facts of an item that names municipalities: it is found by their names."""
    return {
        "municipalities": municipalities,
        "references": [municipality_reference(key) for key in municipalities],
    }


def _project(project: Project, language: str) -> Sought | None:
    goals = [own(goal, "goal", language) for goal in project.goals.all()]
    return of_content(project, language, further=goals, year=project.first_year)


def _programme(programme: Programme, language: str) -> Sought | None:
    coordinator = programme.coordinator
    return of_content(
        programme,
        language,
        further=[own(coordinator, "name", language)] if coordinator else [],
        **about([one.municipality_id for one in programme.participants.all()]),
    )


def _theme(theme: Theme, language: str) -> Sought | None:
    summaries = [own(period, "summary", language) for period in theme.periods.all()]
    return of_content(theme, language, further=summaries, themes=[theme.pk])


def _series(series: WorkshopSeries, language: str) -> Sought | None:
    outcome = rich(series, "outcome", language)
    themes = [series.theme_id] if series.theme_id else []
    return of_content(series, language, further=[outcome], themes=themes)


def _workshop(workshop: Workshop, language: str) -> Sought | None:
    return of_content(
        workshop,
        language,
        leading=[own(workshop, "place", language)],
        further=[
            own(workshop, "audience", language),
            *(rich(workshop, name, language) for name in ("programme", "questions", "outcome")),
        ],
        day=workshop.day,
        year=workshop.day.year,
        themes=[workshop.theme_id] if workshop.theme_id else [],
        **about([one.pk for one in workshop.municipalities.all()]),
    )


def _contact(contact: Contact, language: str) -> Sought:
    title, unit = own(contact, "title", language), own(contact, "unit", language)
    responsibilities = own(contact, "responsibilities", language)
    employer = own(contact.employer, "name", language) if contact.employer else ""
    return Sought(
        title=contact.name,
        path=f"{address('projects:contact_list', language)}#contact-{contact.pk}",
        texts=[(title, LEAD), (responsibilities, LEAD), (unit, BODY), (employer, BODY)],
        quoted=[", ".join(filter(None, (title, unit))), responsibilities],
        languages=[one for one in ("sv", "fi") if own(contact, "title", one)],
    )


declare(
    Project,
    _project,
    fetched=("goals",),
    follows=("goals",),
    boost=1.4,
)
declare(
    Theme,
    _theme,
    fetched=("periods",),
    follows=("periods",),
    boost=1.4,
)
declare(
    Programme,
    _programme,
    joined=("coordinator",),
    fetched=("participants",),
    follows=("coordinator", "participants"),
)
declare(WorkshopSeries, _series)
declare(
    Workshop,
    _workshop,
    fetched=("municipalities",),
    follows=("municipalities",),
)
declare(
    Contact,
    _contact,
    joined=("employer",),
    follows=("employer",),
)
