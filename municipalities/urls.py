from django.urls import path
from django.utils.translation import pgettext_lazy

from foundation.search.views import suggested
from municipalities import views
from municipalities.models import Municipality

app_name = "municipalities"
urlpatterns = [
    path(
        pgettext_lazy("url", "municipalities/"),
        views.municipality_list,
        name="municipality_list",
    ),
    path(
        pgettext_lazy("url", "municipalities/suggestions/"),
        suggested,
        {"kind": Municipality._meta.db_table},
        name="municipality_suggestions",
    ),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/"),
        views.municipality_detail,
        name="municipality_detail",
    ),
    path(
        pgettext_lazy("url", "regional-actors/"),
        views.regional_actor_list,
        name="regional_actor_list",
    ),
    path(
        pgettext_lazy("url", "regional-actors/<slug:slug>/"),
        views.regional_actor_detail,
        name="regional_actor_detail",
    ),
]
