from django.urls import path
from django.utils.translation import pgettext_lazy

from network import submissions, views

app_name = "members"
urlpatterns = [
    path(pgettext_lazy("url", "network/"), views.home, name="home"),
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
