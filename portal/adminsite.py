"""The admin as one place: its order, its name and its language."""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.models import User
from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.pages import NAMES
from foundation.editing import open_forms, picture_library, preview
from foundation.editing.autocomplete import Suggestions
from foundation.editing.rights import has_left
from foundation.editing.saving import in_one_transaction
from foundation.editing.worklist_admin import counts
from foundation.history.views import ItemHistory
from portal import dashboard
from portal.recent_changes import recent_changes
from publications.caption_duty_admin import duties

# What editors look for most often stands first; a model that is not named here comes last.
ORDER = (
    ("projects", ("Workshop", "WorkshopSeries", "Theme", "Project", "Contact")),
    (
        "publications",
        ("Story", "Publication", "Material", "Practice", "AdoptionRequest"),
    ),
    ("network", ("Membership", "Submission")),
    ("content", ("LanguageState", "Term", "Image")),
    ("portal", ("Feedback", "Statement", "Redirect", "BrokenLink")),
    ("history", ()),
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
            "account_url": address("mfa_index"),
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
            "new_items": dashboard.new_items(request, self),
            "waiting": counts(request),
            "due": dashboard.blocks(request, self),
            "caption_duties": duties(request),
            "recent_changes": recent_changes(request, self),
        }
        return super().index(request, {**(extra_context or {}), **first})

    def has_permission(self, request: HttpRequest) -> bool:
        """True for active staff, those left out whose only right has ended."""
        return super().has_permission(request) and not has_left(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A view for staff, to be read or sent a form."""
        checked = super().admin_view(in_one_transaction(view), cacheable)
        return update_wrapper(require_http_methods(["GET", "HEAD", "POST"])(checked), view)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What the fields with suggestions suggest."""
        suggested: Any = Suggestions.as_view(admin_site=self)(request)
        return suggested

    def get_urls(self) -> list[Any]:
        view = self.admin_view(require_POST(self.speak))
        address = "r/<path:content_type_id>/<path:object_id>/"
        return [
            path("language/", view, name="language"),
            path(address, self.admin_view(self.page_of), name="view_on_site"),
            *open_forms.urls(self.admin_view),
            *picture_library.urls(self.admin_view),
            *preview.urls(self.admin_view),
            *ItemHistory(self).urls(),
            *super().get_urls(),
        ]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The one log-in page of the portal, and back from there."""
        if request.user.is_authenticated:
            raise PermissionDenied
        back = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: back})}"
        )

    def page_of(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponseBase:
        """Lead to the public page of an item that the user may see in the admin."""
        key = int(content_type_id) if content_type_id.isdecimal() else 0
        kind = ContentType.objects.filter(pk=key).first()
        model: Any = kind.model_class() if kind else None
        shown: Any = self._registry.get(model)
        item = shown.get_object(request, object_id) if shown else None
        if item is None or not shown.has_view_permission(request, item):
            raise Http404
        return shortcut(request, content_type_id, item.pk)

    def speak(self, request: HttpRequest) -> HttpResponse:
        """Change the language that the logged-in user is addressed in."""
        if request.POST.get("language") in languages.CODES:
            me = User.objects.filter(pk=request.user.pk or 0)
            me.update(language=request.POST["language"])
        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            back = reverse("admin:index")
        return HttpResponseRedirect(back)
