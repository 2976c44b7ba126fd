"""What the room shows itself; the pages, which show other rooms too, are bound by the roof."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from foundation.search.views import suggested
from municipalities.models import Municipality

app_name = "municipalities"
urlpatterns = [
    path(
        pgettext_lazy("url", "municipalities/suggestions/"),
        suggested,
        {"kind": Municipality._meta.db_table},
        name="municipality_suggestions",
    ),
]
