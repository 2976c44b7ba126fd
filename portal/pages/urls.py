"""The pages that put rooms side by side, under the names by which their own rooms lead to them."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

import municipalities.urls
import projects.urls
from portal.pages.municipalities import (
    municipality_detail,
    municipality_list,
    regional_actor_detail,
    regional_actor_list,
)
from portal.pages.themes import theme_detail
from portal.pages.workshops import workshop_detail

of_municipalities = [
    *municipalities.urls.urlpatterns,
    path(pgettext_lazy("url", "municipalities/"), municipality_list, name="municipality_list"),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/"),
        municipality_detail,
        name="municipality_detail",
    ),
    path(pgettext_lazy("url", "regional-actors/"), regional_actor_list, name="regional_actor_list"),
    path(
        pgettext_lazy("url", "regional-actors/<slug:slug>/"),
        regional_actor_detail,
        name="regional_actor_detail",
    ),
]
of_projects = [
    *projects.urls.urlpatterns,
    path(pgettext_lazy("url", "themes/<slug:slug>/"), theme_detail, name="theme_detail"),
    path(
        pgettext_lazy("url", "workshops/<int:year>/<slug:slug>/"),
        workshop_detail,
        name="workshop_detail",
    ),
]
urlpatterns = [
    path("", include((of_municipalities, municipalities.urls.app_name))),
    path("", include((of_projects, projects.urls.app_name))),
]
