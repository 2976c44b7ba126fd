"""What the room shows itself; the pages, which show other rooms too, are bound by the roof."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from municipalities.suggestions import municipality_suggestions

app_name = "municipalities"
urlpatterns = [
    path(
        pgettext_lazy("url", "municipalities/suggestions/"),
        municipality_suggestions,
        name="municipality_suggestions",
    ),
]
