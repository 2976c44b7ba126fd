from django.urls import path
from django.utils.translation import pgettext_lazy

from network import submissions, views

app_name = "members"
urlpatterns = [
    path(pgettext_lazy("url", "network/"), views.home, name="home"),
    path(
        pgettext_lazy("url", "network/materials/<slug:slug>/"),
        views.material_detail,
        name="material_detail",
    ),
    path(
        pgettext_lazy("url", "network/materials/<slug:slug>/file/"),
        views.material_file,
        name="material_file",
    ),
    path(
        pgettext_lazy("url", "network/materials/<slug:slug>/file/v<int:version>/"),
        views.material_file,
        name="material_file_version",
    ),
    path(
        pgettext_lazy("url", "network/pictures/<int:pk>/<int:number>-<int:width>.webp"),
        views.page_picture,
        name="page_picture",
    ),
    path(
        pgettext_lazy("url", "network/workshops/<int:year>/<slug:slug>/kit.zip"),
        views.workshop_kit,
        name="workshop_kit",
    ),
    path(
        pgettext_lazy("url", "network/municipalities/<slug:slug>/kit.zip"),
        views.municipality_kit,
        name="municipality_kit",
    ),
    path(
        pgettext_lazy("url", "network/regional-actors/<slug:slug>/kit.zip"),
        views.regional_actor_kit,
        name="regional_actor_kit",
    ),
    path(
        pgettext_lazy("url", "network/new-practice/"),
        submissions.new_practice,
        name="new_practice",
    ),
    path(
        pgettext_lazy("url", "network/new-material/"),
        submissions.new_material,
        name="new_material",
    ),
    path(pgettext_lazy("url", "network/drafts/<int:pk>/"), submissions.draft, name="draft"),
]
