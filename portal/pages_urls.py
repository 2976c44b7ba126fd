from django.urls import path
from django.utils.translation import pgettext_lazy

from foundation.search.views import suggested
from portal import feeds, search_views, views
from portal.open_data import views as open_data

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path(
        pgettext_lazy("url", "accessibility/"),
        views.statement,
        {"subject": "accessibility"},
        name="accessibility",
    ),
    path(pgettext_lazy("url", "privacy/"), views.statement, {"subject": "privacy"}, name="privacy"),
    path(pgettext_lazy("url", "languages/"), views.language_status, name="language_status"),
    path(pgettext_lazy("url", "glossary/"), views.glossary, name="glossary"),
    path(pgettext_lazy("url", "feeds/"), feeds.feeds, name="feeds"),
    path(pgettext_lazy("url", "open-data/"), open_data.open_data, name="open_data"),
    path(
        pgettext_lazy("url", "open-data/<slug:slug>.json"),
        open_data.data_file,
        {"form": "json"},
        name="open_data_json",
    ),
    path(
        pgettext_lazy("url", "open-data/<slug:slug>.csv"),
        open_data.data_file,
        {"form": "csv"},
        name="open_data_csv",
    ),
    path(pgettext_lazy("url", "feedback/"), views.feedback, name="feedback"),
    path(pgettext_lazy("url", "feedback/thanks/"), views.feedback_thanks, name="feedback_thanks"),
    path(pgettext_lazy("url", "search/"), search_views.search, name="search"),
    path(
        pgettext_lazy("url", "search/results.json"),
        search_views.search_results,
        name="search_results",
    ),
    path(
        pgettext_lazy("url", "search/suggestions/"),
        suggested,
        name="search_suggestions",
    ),
    path(
        pgettext_lazy("url", "search/opensearch.xml"),
        search_views.search_description,
        name="search_description",
    ),
]
