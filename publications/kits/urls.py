from django.urls import path
from django.utils.translation import pgettext_lazy

from publications.kits import views

app_name = "kits"
urlpatterns = [
    path(
        pgettext_lazy("url", "workshops/<int:year>/<slug:slug>/kit.zip"),
        views.workshop_kit,
        name="workshop_kit",
    ),
    path(pgettext_lazy("url", "themes/<slug:slug>/kit.zip"), views.theme_kit, name="theme_kit"),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/kit.zip"),
        views.municipality_kit,
        name="municipality_kit",
    ),
    path(
        pgettext_lazy("url", "regional-actors/<slug:slug>/kit.zip"),
        views.regional_actor_kit,
        name="regional_actor_kit",
    ),
    path(
        pgettext_lazy("url", "publications/<slug:slug>/kit.zip"),
        views.publication_kit,
        name="publication_kit",
    ),
]
