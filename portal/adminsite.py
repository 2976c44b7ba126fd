"""The admin as one place: its order, its name and its language."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal import due
from portal.accounts.models import User
from portal.content import languages, preview
from portal.content.addresses import address
from portal.content.pages import NAMES
from portal.content.worklist_admin import counts
from portal.recent_changes import recent_changes
from publications.caption_duty_admin import duties

# What editors look for most often stands first; a model that is not named here comes last.
ORDER = (
    ("projects", ("Workshop", "WorkshopSeries", "Theme", "Project", "Contact", "Membership")),
    (
        "publications",
        ("Story", "Publication", "Material", "Practice", "Submission", "AdoptionRequest"),
    ),
    ("content", ("LanguageState", "Term", "Image")),
    ("portal", ("Feedback", "Statement", "Redirect", "BrokenLink")),
    ("search", ()),
    ("municipalities", ("Municipality", "RegionalActor", "Region")),
    ("accounts", ()),
    ("auth", ()),
)


def _place(name: str, order: Any) -> int:
    return order.index(name) if name in order else len(order)


class PortalAdminSite(AdminSite):
    """Django's admin, in an order and with a language button of our own."""

    site_title = site_header = _("The municipality as promoter of welfare")
    index_title = _("Editing")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        other = languages.other(languages.current())
        return {
            **super().each_context(request),
            "site_url": address("portal:home"),
            "other_language": other,
            "other_language_name": NAMES[other],
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The apps and their models in our order."""
        apps = super().get_app_list(request, app_label)
        models_of = dict(ORDER)
        for app in apps:
            order = models_of.get(app["app_label"], ())
            app["models"].sort(key=lambda model: _place(model["object_name"], order))
        return sorted(apps, key=lambda app: _place(app["app_label"], list(models_of)))

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The start page, which says first what is due."""
        first = {
            "new_items": due.new_items(request),
            "waiting": counts(request),
            "due": due.blocks(request, self),
            "caption_duties": duties(request),
            "recent_changes": recent_changes(request, self),
        }
        return super().index(request, {**(extra_context or {}), **first})

    def get_urls(self) -> list[Any]:
        view = self.admin_view(require_POST(self.speak))
        return [
            path("language/", view, name="language"),
            *preview.urls(self.admin_view),
            *super().get_urls(),
        ]

    def speak(self, request: HttpRequest) -> HttpResponse:
        """Change the language that the logged-in user is addressed in."""
        if request.POST.get("language") in languages.CODES:
            me = User.objects.filter(pk=request.user.pk or 0)
            me.update(language=request.POST["language"])
        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            back = reverse("admin:index")
        return HttpResponseRedirect(back)
