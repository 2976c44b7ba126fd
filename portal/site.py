"""What every page shows of the site: its name, its navigation and who is behind it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from foundation.content.addresses import absolute, address
from foundation.content.archive import Archive, archive_of
from projects.models import Organisation, Project


@dataclass(frozen=True)
class NavigationLink:
    """One link of the navigation; `section` tells which pages belong to it."""

    label: str
    url: str
    section: str = ""


class Site:
    """The frame of every page; one query, made when a template first asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def project(self) -> Project | None:
        """The project the portal is about."""
        return Project.current()

    @property
    def archive(self) -> Archive | None:
        """The copy as files that the page is drawn for; None on the living portal."""
        return archive_of(self.request)

    @property
    def name(self) -> str:
        """The name of the portal in the reader's language."""
        return str(self.project.text("title")) if self.project else _("The network portal")

    @property
    def is_example(self) -> bool:
        """True while the network shown is example data."""
        return bool(self.project and self.project.has_examples)

    @property
    def owner(self) -> Organisation | None:
        return self.project.owner if self.project else None

    @property
    def funders(self) -> list[Organisation]:
        return self._organisations("funder")

    @property
    def partners(self) -> list[Organisation]:
        return self._organisations("partner")

    def _organisations(self, role: str) -> list[Organisation]:
        organisations = self.project.organisations if self.project else []
        return [item for item in organisations if item.role == role]

    @property
    def is_concluded(self) -> bool:
        return bool(self.project and self.project.is_concluded())

    @property
    def navigation(self) -> list[NavigationLink]:
        project = NavigationLink(_("The project"), address("projects:project_detail"), "project")
        return [
            *([project] if self.project else []),
            NavigationLink(_("Themes"), address("projects:theme_list"), "themes"),
            NavigationLink(
                _("Municipalities"), address("municipalities:municipality_list"), "municipalities"
            ),
            NavigationLink(_("Workshops"), address("projects:workshop_list"), "workshops"),
            NavigationLink(_("Materials"), address("publications:material_list"), "materials"),
            NavigationLink(
                _("Publications and stories"),
                address("publications:publication_list"),
                "publications",
            ),
        ]

    @property
    def footer(self) -> list[NavigationLink]:
        members = NavigationLink(_("For members of the network"), address("members:home"))
        return [
            NavigationLink(_("Contacts"), address("projects:contact_list")),
            *([] if self.archive else [members]),
            NavigationLink(_("Feeds and calendars"), address("portal:feeds")),
            NavigationLink(_("Open data"), address("portal:open_data")),
            NavigationLink(_("Give feedback"), address("portal:feedback")),
            NavigationLink(_("Glossary"), address("portal:glossary")),
            NavigationLink(_("The languages of the portal"), address("portal:language_status")),
            NavigationLink(_("Accessibility statement"), address("portal:accessibility")),
            NavigationLink(_("Privacy notice"), address("portal:privacy")),
        ]

    @property
    def home(self) -> str:
        return address("portal:home")

    @property
    def log_in_url(self) -> str:
        """The way in, the same for everybody: who is logged in already is led on from there."""
        return address("account_login")

    @property
    def search_url(self) -> str:
        return address("portal:search")

    @property
    def search_suggestions_url(self) -> str:
        return address("portal:search_suggestions")

    @property
    def search_description_url(self) -> str:
        return address("portal:search_description")

    @property
    def social_picture(self) -> str:
        """The picture other sites show beside a link to a page that has none of its own."""
        return absolute(self.request, static("portal/social.png"))


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the site, read from the database only where a template shows it."""
    return {"site": SimpleLazyObject(lambda: Site(request))}
