"""Test data: every model's rows, valid, public and in both languages unless a test says otherwise.

`make_story(title_fi=None, pairing="sv", …)` overrides any field by its name. What a row stands on
(a project's owner, a material's theme) is made with it, where the test does not give it.
"""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from PIL import Image as Pillow

from foundation.accounts.models import AuditEntry, LoginLink, User
from foundation.content.models import ChangeNote, Image, OpenForm, Preview, Term
from foundation.history.models import Change
from foundation.search.models import SearchedDay
from municipalities.models import Municipality, Region, RegionalActor
from network.models import Membership, Submission
from portal.models import BrokenLink, Feedback, Redirect, Statement
from projects.models import (
    Contact,
    ContactAssignment,
    Goal,
    Organisation,
    Participation,
    Programme,
    ProgrammeParticipant,
    Project,
    ProjectRole,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)
from publications.models import (
    ActionProposal,
    Adoption,
    AdoptionRequest,
    Authorship,
    DownloadDay,
    Figure,
    KitDay,
    Material,
    MaterialFile,
    Practice,
    Publication,
    PublicationContact,
    PublicationEvent,
    ReflectionQuestion,
    Story,
    TaskArea,
)
from tests.sample_files import pdf

Row = TypeVar("Row", bound=models.Model)

LONG_AGO = datetime(2018, 1, 15, 7, 0, tzinfo=UTC)
PDF = pdf([(12, "Hyvinvointi arjessa.")])

REGIONS = [
    ("01", "Nyland", "Uusimaa"),
    ("02", "Egentliga Finland", "Varsinais-Suomi"),
    ("06", "Birkaland", "Pirkanmaa"),
    ("15", "Österbotten", "Pohjanmaa"),
    ("17", "Norra Österbotten", "Pohjois-Pohjanmaa"),
]
MUNICIPALITIES = [
    ("049", "Esbo", "Espoo", "01", "fi/sv", "60.21", "24.66"),
    ("091", "Helsingfors", "Helsinki", "01", "fi/sv", "60.17", "24.94"),
    ("853", "Åbo", "Turku", "02", "fi/sv", "60.45", "22.27"),
    ("837", "Tammerfors", "Tampere", "06", "fi", "61.50", "23.76"),
    ("905", "Vasa", "Vaasa", "15", "fi/sv", "63.10", "21.62"),
    ("499", "Korsholm", "Mustasaari", "15", "sv/fi", "63.11", "21.68"),
    ("545", "Närpes", "Närpiö", "15", "sv", "62.47", "21.34"),
    ("564", "Uleåborg", "Oulu", "17", "fi", "65.01", "25.47"),
    ("753", "Sibbo", "Sipoo", "01", "fi/sv", "60.38", "25.27"),
    ("710", "Raseborg", "Raasepori", "01", "sv/fi", "59.97", "23.44"),
]
ORGANISATIONS = [
    ("Finlands Kommunförbund", "Suomen Kuntaliitto"),
    ("Social- och hälsovårdsministeriet", "Sosiaali- ja terveysministeriö"),
    ("Institutet för hälsa och välfärd", "Terveyden ja hyvinvoinnin laitos"),
    ("Jyväskylä universitet", "Jyväskylän yliopisto"),
]
THEMES = [
    ("Välfärdsledning", "Hyvinvointijohtaminen"),
    ("Delaktighet", "Osallisuus"),
    ("Rörelse i vardagen", "Arjen liikkuminen"),
    ("Trygga bostadsområden", "Turvalliset asuinalueet"),
]
GOALS = [
    ("Välfärden är hela kommunens sak.", "Hyvinvointi on koko kunnan asia."),
    ("Invånarna är med när beslut bereds.", "Asukkaat ovat mukana päätösten valmistelussa."),
    ("Kommunerna lär sig av varandra.", "Kunnat oppivat toisiltaan."),
]
TASK_AREAS = [
    ("Utbildning och kultur", "Sivistys ja kulttuuri"),
    ("Småbarnspedagogik", "Varhaiskasvatus"),
    ("Miljö", "Ympäristö"),
]
PEOPLE = [
    ("Eeva Ström", "Sakkunnig", "Asiantuntija"),
    ("Matti Ahlqvist", "Projektchef", "Projektipäällikkö"),
    ("Pirkko Sjöblom", "Forskningschef", "Tutkimuspäällikkö"),
]


def _taken(model: type[models.Model]) -> int:
    """How many rows there are: the next one takes the next of the words."""
    return model._base_manager.count()


def _made(model: type[Row], given: dict[str, Any], **usual: Any) -> Row:
    return model._base_manager.create(**{**usual, **given})


def _content(model: type[models.Model], sv: str, fi: str) -> dict[str, Any]:
    """Texts and publication of an item; from the second of its kind on, its title is numbered."""
    number = _taken(model) + 1
    ending = f" {number}" if number > 1 else ""
    return {
        "title_sv": f"{sv}{ending}",
        "title_fi": f"{fi}{ending}",
        "lead_sv": "Välfärd byggs av många små detaljer i vardagen.",
        "lead_fi": "Hyvinvointi rakentuu arjen monista pienistä asioista.",
        "body_sv": "<p>Kommunen främjar invånarnas välfärd.</p>",
        "body_fi": "<p>Kunta edistää asukkaidensa hyvinvointia.</p>",
        "decision": "public",
        "publish_at": LONG_AGO,
    }


def make_audit_entry(**given: Any) -> AuditEntry:
    return _made(AuditEntry, given, event="logged_in", about="aino@example.fi", detail="code")


def make_login_link(**given: Any) -> LoginLink:
    user = given.pop("user", None) or make_user()
    key_hash = f"{_taken(LoginLink) + 1:064x}"
    return _made(LoginLink, given, user=user, key_hash=key_hash, expires_at=datetime.now(UTC))


def make_user(**given: Any) -> User:
    number = _taken(User) + 1
    usual = {"email": f"redaktor{number}@example.fi", "password": "hemligt-salaisuus-17"}
    return User.objects.create_user(**{**usual, **given})


def make_region(**given: Any) -> Region:
    code, sv, fi = REGIONS[_taken(Region) % len(REGIONS)]
    return _made(Region, given, code=code, name_sv=sv, name_fi=fi)


def _region_of(code: str) -> Region:
    _code, sv, fi = next(region for region in REGIONS if region[0] == code)
    return Region.objects.get_or_create(code=code, defaults={"name_sv": sv, "name_fi": fi})[0]


def make_municipality(**given: Any) -> Municipality:
    """The next municipality of the list, in its own region."""
    code, sv, fi, region, status, latitude, longitude = MUNICIPALITIES[_taken(Municipality)]
    given["region"] = given.get("region") or _region_of(region)
    return _made(
        Municipality,
        given,
        code=code,
        name_sv=sv,
        name_fi=fi,
        language_status=status,
        latitude=latitude,
        longitude=longitude,
    )


def make_regional_actor(**given: Any) -> RegionalActor:
    code, sv, fi = REGIONS[_taken(RegionalActor)]
    given["region"] = given.get("region") or _region_of(code)
    return _made(
        RegionalActor,
        given,
        name_sv=f"{sv}s förbund",
        name_fi=f"{fi}n liitto",
        website_sv="https://example.fi/sv",
        website_fi="https://example.fi/fi",
    )


def make_image(*, width: int = 640, height: int = 400, **given: Any) -> Image:
    """A drawn PNG with its text alternative, of the size given in pixels."""
    drawn = BytesIO()
    Pillow.new("RGB", (width, height), "#2f7a57").save(drawn, "PNG")
    usual = {
        "file": ContentFile(drawn.getvalue(), "vardag.png"),
        "alt_sv": "Människor på promenad i en park.",
        "alt_fi": "Ihmisiä kävelyllä puistossa.",
        "credit": "Eeva Ström",
        "licence": "CC BY 4.0",
    }
    return _made(Image, given, **usual)


def make_organisation(**given: Any) -> Organisation:
    sv, fi = ORGANISATIONS[_taken(Organisation) % len(ORGANISATIONS)]
    return _made(
        Organisation,
        given,
        name_sv=sv,
        name_fi=fi,
        website_sv="https://example.fi/sv",
        website_fi="https://example.fi/fi",
    )


def make_programme(**given: Any) -> Programme:
    usual = _content(Programme, "Forskningsprogrammet ARTTU2", "ARTTU2-tutkimusohjelma")
    return _made(Programme, given, **usual)


def make_programme_participant(**given: Any) -> ProgrammeParticipant:
    given["programme"] = given.get("programme") or make_programme()
    given["municipality"] = given.get("municipality") or make_municipality()
    return _made(ProgrammeParticipant, given)


@transaction.atomic
def make_project(*, owner: Organisation | None = None, **given: Any) -> Project:
    """A project from autumn 2017 to autumn 2019, with its owner."""
    usual = _content(Project, "Kommunen som välfärdsfrämjare", "Kunta hyvinvoinnin edistäjänä")
    usual |= {"first_year": 2017, "first_half": 2, "last_year": 2019, "last_half": 2}
    project = _made(Project, given, **usual)
    owner = owner or make_organisation()
    ProjectRole.objects.create(project=project, organisation=owner, role="owner")
    return project


def _the_project() -> Project:
    return Project.objects.first() or make_project()


def make_goal(**given: Any) -> Goal:
    given["project"] = given.get("project") or _the_project()
    position = _taken(Goal) + 1
    sv, fi = GOALS[(position - 1) % len(GOALS)]
    return _made(Goal, given, position=position, goal_sv=sv, goal_fi=fi)


def make_project_role(**given: Any) -> ProjectRole:
    """A partner of the project."""
    given["project"] = given.get("project") or _the_project()
    given["organisation"] = given.get("organisation") or make_organisation()
    return _made(ProjectRole, given, role="partner", position=_taken(ProjectRole))


def make_participation(**given: Any) -> Participation:
    """A municipality that takes part; give `regional_actor` for one of those."""
    given["project"] = given.get("project") or _the_project()
    if not {"municipality", "regional_actor"} & given.keys():
        given["municipality"] = make_municipality()
    return _made(Participation, given, start=date(2017, 9, 1), end=date(2019, 12, 31))


def make_membership(**given: Any) -> Membership:
    """A member for a municipality, for another year; give `regional_actor` for one of those."""
    given["user"] = given.get("user") or make_user(password=None)
    if not {"municipality", "regional_actor"} & given.keys():
        given["municipality"] = make_municipality()
    return _made(Membership, given, valid_until=timezone.localdate() + timedelta(days=365))


def make_theme(**given: Any) -> Theme:
    number = _taken(Theme)
    sv, fi = THEMES[number]
    usual = {**_content(Theme, sv, fi), "title_sv": sv, "title_fi": fi, "thread": number + 1}
    return _made(Theme, given, **usual)


def _a_theme() -> Theme:
    return Theme.objects.first() or make_theme()


def make_theme_period(**given: Any) -> ThemePeriod:
    """The main theme of the project's next half-year without one."""
    given["project"] = project = given.get("project") or _the_project()
    given["theme"] = given.get("theme") or _a_theme()
    half_years = project.half_years()
    half_year = half_years[_taken(ThemePeriod) % len(half_years)]
    return _made(
        ThemePeriod,
        given,
        year=half_year.year,
        half=half_year.half,
        summary_sv="Kommunerna möttes kring temat.",
        summary_fi="Kunnat tapasivat teeman äärellä.",
    )


def make_series(**given: Any) -> WorkshopSeries:
    usual = _content(WorkshopSeries, "Trygghet i bostadsområdet", "Turvallisuus asuinalueella")
    usual |= {"outcome_sv": "<p>En modell växte fram.</p>", "outcome_fi": "<p>Malli syntyi.</p>"}
    return _made(WorkshopSeries, given, **usual)


@transaction.atomic
def make_workshop(*, municipalities: list[Municipality] | None = None, **given: Any) -> Workshop:
    """A national workshop held on 11 October 2018 at 9–12; the next one a day later."""
    usual = _content(Workshop, "Verkstad om välfärdsledning", "Hyvinvointijohtamisen työpaja")
    day = date(2018, 10, 11 + _taken(Workshop) % 20)
    usual |= {
        "day": day,
        "last_day": given.get("day", day),
        "start_time": time(9),
        "end_time": time(12),
        "status": "held",
        "place_sv": "Helsingfors",
        "place_fi": "Helsinki",
        "audience_sv": "Kommunernas sakkunniga",
        "audience_fi": "Kuntien asiantuntijat",
        "outcome_sv": "<p>Vi enades om tre steg.</p>",
        "outcome_fi": "<p>Sovimme kolmesta askeleesta.</p>",
    }
    workshop = _made(Workshop, given, **usual)
    workshop.municipalities.set(municipalities or [])
    return workshop


def make_contact(**given: Any) -> Contact:
    name, sv, fi = PEOPLE[_taken(Contact) % len(PEOPLE)]
    return _made(
        Contact,
        given,
        name=name,
        title_sv=sv,
        title_fi=fi,
        unit_sv="Strategienheten",
        unit_fi="Strategiayksikkö",
        responsibilities_sv="framtidens kommun\nvälfärdsledning",
        responsibilities_fi="tulevaisuuden kunta\nhyvinvointijohtaminen",
        phone="09 7711",
        email="kontakt@example.fi",
        service_languages="sv+fi",
    )


def make_contact_assignment(**given: Any) -> ContactAssignment:
    """A person asked about the project; give another subject by its name."""
    subjects = {"project", "theme", "workshop", "municipality", "regional_actor"}
    if not subjects & given.keys():
        given["project"] = _the_project()
    given["contact"] = given.get("contact") or make_contact()
    return _made(ContactAssignment, given, role_sv="projektchef", role_fi="projektipäällikkö")


def make_story(**given: Any) -> Story:
    usual = _content(Story, "Små detaljer i vardagen", "Arjen pienet asiat")
    usual |= {
        "year": 2017,
        "kicker_sv": "Berättelser ur nätverket",
        "kicker_fi": "Tarinoita verkostosta",
        "source_sv": "Kommunförbundet",
        "source_fi": "Kuntaliitto",
    }
    return _made(Story, given, **usual)


def make_figure(**given: Any) -> Figure:
    """A figure of a story; give `publication` for one of those."""
    if not {"story", "publication"} & given.keys():
        given["story"] = make_story()
    given["image"] = given.get("image") or make_image()
    return _made(
        Figure,
        given,
        caption_sv="Så hänger delarna ihop.",
        caption_fi="Näin osat liittyvät toisiinsa.",
        long_description_sv="En cirkel i fyra delar.",
        long_description_fi="Neljään osaan jaettu ympyrä.",
        position=_taken(Figure) + 1,
    )


def make_publication(**given: Any) -> Publication:
    usual = _content(Publication, "Hur leda främjande av välfärd?", "Miten hyvinvointia johdetaan?")
    usual |= {
        "original_title": "Miten hyvinvointia johdetaan?",
        "original_language": "fi",
        "year": 2018,
        "series": "Uutta ohjelmasta",
        "number": "4/2018",
        "place_sv": "Helsingfors",
        "place_fi": "Helsinki",
        "key_findings_sv": "Strukturerna är på plats.\nResurserna är små.",
        "key_findings_fi": "Rakenteet ovat kunnossa.\nVoimavarat ovat niukat.",
    }
    return _made(Publication, given, **usual)


def _a_publication() -> Publication:
    return Publication.objects.first() or make_publication()


def make_authorship(**given: Any) -> Authorship:
    given["publication"] = given.get("publication") or _a_publication()
    return _made(
        Authorship,
        given,
        position=_taken(Authorship) + 1,
        family_name="Ström",
        given_name="Eeva",
        affiliation_sv="docent",
        affiliation_fi="dosentti",
    )


def make_action_proposal(**given: Any) -> ActionProposal:
    given["publication"] = given.get("publication") or _a_publication()
    number = _taken(ActionProposal) + 1
    return _made(
        ActionProposal,
        given,
        number=number,
        position=number,
        title_sv="Ordna regelbundna möten",
        title_fi="Järjestäkää säännöllisiä tapaamisia",
        proposal_sv="Kommunen och föreningarna träffas två gånger om året.",
        proposal_fi="Kunta ja yhdistykset tapaavat kahdesti vuodessa.",
    )


def make_reflection_question(**given: Any) -> ReflectionQuestion:
    given["publication"] = given.get("publication") or _a_publication()
    return _made(
        ReflectionQuestion,
        given,
        position=_taken(ReflectionQuestion) + 1,
        question_sv="Vem bär ansvaret hos er?",
        question_fi="Kenellä vastuu on teillä?",
    )


def make_publication_event(**given: Any) -> PublicationEvent:
    given["publication"] = given.get("publication") or _a_publication()
    return _made(
        PublicationEvent,
        given,
        year=2018,
        when_sv="på våren",
        when_fi="keväällä",
        event_sv="Ett utkast gick ut till kommunerna.",
        event_fi="Luonnos lähti kuntiin.",
    )


def make_publication_contact(**given: Any) -> PublicationContact:
    given["publication"] = given.get("publication") or _a_publication()
    given["contact"] = given.get("contact") or make_contact()
    return _made(PublicationContact, given, role_sv="redaktör", role_fi="toimittaja")


def make_task_area(**given: Any) -> TaskArea:
    number = _taken(TaskArea)
    sv, fi = TASK_AREAS[number % len(TASK_AREAS)]
    ending = f" {number + 1}" if number >= len(TASK_AREAS) else ""
    names = {"name_sv": f"{sv}{ending}", "name_fi": f"{fi}{ending}"}
    return _made(TaskArea, given, **names, position=number + 1)


def make_practice(*, task_areas: list[TaskArea] | None = None, **given: Any) -> Practice:
    usual = _content(Practice, "Motion på recept", "Liikuntaresepti")
    usual |= {
        "need_sv": "<p>Många rör sig för lite.</p>",
        "need_fi": "<p>Moni liikkuu liian vähän.</p>",
        "idea_sv": "<p>Rörelse ordineras som en medicin.</p>",
        "idea_fi": "<p>Liikunta määrätään kuin lääke.</p>",
        "how_sv": "<p>Läkaren skriver ut motion.</p>",
        "how_fi": "<p>Lääkäri määrää liikuntaa.</p>",
    }
    practice = _made(Practice, given, **usual)
    practice.task_areas.set(task_areas or [])
    return practice


def make_adoption(**given: Any) -> Adoption:
    given["practice"] = given.get("practice") or make_practice()
    given["municipality"] = given.get("municipality") or make_municipality()
    return _made(Adoption, given, is_origin=True)


def make_adoption_request(**given: Any) -> AdoptionRequest:
    given["practice"] = given.get("practice") or make_practice()
    given["municipality"] = given.get("municipality") or make_municipality()
    return _made(
        AdoptionRequest,
        given,
        name="Eeva Ström",
        email="eeva@example.fi",
        message="Vi började i fjol.",
        language="sv",
    )


def make_submission(**given: Any) -> Submission:
    """A good practice that a member has sent in; give `material` for one of those."""
    given["membership"] = given.get("membership") or make_membership()
    if not {"practice", "material"} & given.keys():
        given["practice"] = make_practice(decision="draft", publish_at=None)
    return _made(Submission, given, language="sv", state="sent", sent_at=LONG_AGO)


def make_material(**given: Any) -> Material:
    """Slides that belong to a theme; give `project`, `workshop` or `publication` for another."""
    if not {"project", "theme", "workshop", "publication"} & given.keys():
        given["theme"] = _a_theme()
    usual = _content(Material, "Bilder om välfärdsledning", "Hyvinvointijohtamisen diat")
    usual |= {
        "type": "slides",
        "licence": "cc-by-4.0",
        "audience_sv": "Kommunens ledning",
        "audience_fi": "Kunnan johto",
        "attribution_sv": "Kommunförbundet",
        "attribution_fi": "Kuntaliitto",
    }
    return _made(Material, given, **usual)


def make_material_file(
    *, content: bytes = PDF, name: str = "bilder.pdf", **given: Any
) -> MaterialFile:
    """A public bilingual PDF of a material, in its next version."""
    given["material"] = material = given.get("material") or make_material()
    return _made(
        MaterialFile,
        given,
        language="sv+fi",
        version=material.files.count() + 1,
        file=ContentFile(content, name),
        reading_text="<p>Välfärd i vardagen. Hyvinvointi arjessa.</p>",
        text_checked_at=LONG_AGO,
        published_at=LONG_AGO,
    )


def make_change_note(*, item: models.Model | None = None, **given: Any) -> ChangeNote:
    """What an editor has told readers of an item: a story, if none is given."""
    item = item or make_story()
    return _made(
        ChangeNote,
        given,
        kind=item._meta.db_table,
        object_id=item.pk,
        note_sv="Programmet är klart.",
        note_fi="Ohjelma on valmis.",
    )


def make_change(**given: Any) -> Change:
    """A change to a story; the database writes those that are not made up."""
    return _made(
        Change,
        given,
        kind="publications_story",
        object_id=1,
        part_of=[],
        moment=LONG_AGO,
        transaction=1,
        operation="changed",
        before={"title_sv": "Arjen"},
        after={"title_sv": "Vardagen"},
    )


def make_download_day(**given: Any) -> DownloadDay:
    """Twelve downloads of a file on 1 February 2018; the next row is of the day after."""
    given["file"] = given.get("file") or make_material_file()
    day = date(2018, 2, 1) + timedelta(days=_taken(DownloadDay))
    return _made(DownloadDay, given, language="sv", day=day, count=12)


def make_kit_day(*, owner: models.Model | None = None, **given: Any) -> KitDay:
    """Three kits of a workshop on 1 February 2018; the next row is of the day after."""
    owner = owner or make_workshop()
    day = date(2018, 2, 1) + timedelta(days=_taken(KitDay))
    usual = {"kind": owner._meta.db_table, "object_id": owner.pk, "language": "sv+fi"}
    return _made(KitDay, given, **usual, day=day, count=3)


def make_term(**given: Any) -> Term:
    number = _taken(Term) + 1
    ending = f" {number}" if number > 1 else ""
    return _made(
        Term,
        given,
        term_sv=f"verkstad{ending}",
        term_fi=f"työpaja{ending}",
        definition_sv="Ett möte där deltagarna arbetar tillsammans.",
        definition_fi="Tapaaminen, jossa osallistujat työskentelevät yhdessä.",
        synonyms_sv="workshop",
        synonyms_fi="workshop\npaja",
        avoid_sv="seminarium",
        avoid_fi="seminaari",
    )


def make_searched_day(**given: Any) -> SearchedDay:
    number = _taken(SearchedDay) + 1
    words = "verkstad" if number == 1 else f"verkstad {number}"
    return _made(
        SearchedDay, given, day=date(2026, 11, 25), language="sv", words=words, times=number
    )


def make_statement(**given: Any) -> Statement:
    """The accessibility statement; after that one, the privacy notice."""
    if (
        given.setdefault("subject", "privacy" if _taken(Statement) else "accessibility")
        == "privacy"
    ):
        usual = _content(Statement, "Dataskyddsbeskrivning", "Tietosuojaseloste")
    else:
        usual = _content(Statement, "Tillgänglighetsutlåtande", "Saavutettavuusseloste")
    return _made(Statement, given, **usual, reviewed_on=date(2026, 1, 15))


def make_feedback(**given: Any) -> Feedback:
    return _made(
        Feedback,
        given,
        subject="content",
        message="Länken till bilderna fungerar inte.",
        name="Eeva Ström",
        email="eeva@example.fi",
        language="sv",
    )


def make_broken_link(**given: Any) -> BrokenLink:
    return _made(
        BrokenLink,
        given,
        kind="publications_story",
        object_id=_taken(BrokenLink) + 1,
        url="https://example.fi/borta",
        status=404,
        first_failed_on=date(2026, 1, 15),
        last_failed_on=date(2026, 1, 16),
    )


def make_open_form(**given: Any) -> OpenForm:
    given.setdefault("user", User.objects.first() or make_user(is_staff=True))
    number = _taken(OpenForm) + 1
    return _made(OpenForm, given, kind="publications_story", object_id=number)


def make_preview(**given: Any) -> Preview:
    pages = {"page_sv": "<h1>Välfärd</h1>", "page_fi": "<h1>Hyvinvointi</h1>"}
    return _made(Preview, given, title="Välfärd", is_for_members=False, **pages)


def make_redirect(**given: Any) -> Redirect:
    number = _taken(Redirect) + 1
    return _made(
        Redirect, given, address=f"/sv/kort{number}", target="/sv/program/arttu2/#resultat"
    )


# One function for each model of ours, so that tests can ask something of all of them.
MAKERS = {
    ActionProposal: make_action_proposal,
    Adoption: make_adoption,
    AdoptionRequest: make_adoption_request,
    AuditEntry: make_audit_entry,
    BrokenLink: make_broken_link,
    Authorship: make_authorship,
    Change: make_change,
    ChangeNote: make_change_note,
    Contact: make_contact,
    ContactAssignment: make_contact_assignment,
    DownloadDay: make_download_day,
    Feedback: make_feedback,
    Figure: make_figure,
    Goal: make_goal,
    Image: make_image,
    KitDay: make_kit_day,
    LoginLink: make_login_link,
    Material: make_material,
    MaterialFile: make_material_file,
    Membership: make_membership,
    Municipality: make_municipality,
    OpenForm: make_open_form,
    Organisation: make_organisation,
    Participation: make_participation,
    Practice: make_practice,
    Preview: make_preview,
    Programme: make_programme,
    ProgrammeParticipant: make_programme_participant,
    Project: make_project,
    ProjectRole: make_project_role,
    Publication: make_publication,
    PublicationContact: make_publication_contact,
    PublicationEvent: make_publication_event,
    Redirect: make_redirect,
    ReflectionQuestion: make_reflection_question,
    Region: make_region,
    RegionalActor: make_regional_actor,
    SearchedDay: make_searched_day,
    Statement: make_statement,
    Story: make_story,
    Submission: make_submission,
    TaskArea: make_task_area,
    Term: make_term,
    Theme: make_theme,
    ThemePeriod: make_theme_period,
    User: make_user,
    Workshop: make_workshop,
    WorkshopSeries: make_series,
}
