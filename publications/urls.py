from django.urls import path
from django.utils.translation import pgettext_lazy

from publications import adoptions, news_views, references, views, wall_chart

app_name = "publications"
urlpatterns = [
    path(pgettext_lazy("url", "materials/"), views.material_list, name="material_list"),
    path(
        pgettext_lazy("url", "materials/<slug:slug>/"),
        views.material_detail,
        name="material_detail",
    ),
    path(
        pgettext_lazy("url", "materials/<slug:slug>/file/"),
        views.material_file,
        name="material_file",
    ),
    path(
        pgettext_lazy("url", "materials/<slug:slug>/file/v<int:version>/"),
        views.material_file,
        name="material_file_version",
    ),
    path(pgettext_lazy("url", "stories/"), views.story_list, name="story_list"),
    path(
        pgettext_lazy("url", "stories/<int:year>/<slug:slug>/"),
        views.story_detail,
        name="story_detail",
    ),
    path(pgettext_lazy("url", "publications/"), views.publication_list, name="publication_list"),
    path(
        pgettext_lazy("url", "publications/<slug:slug>/"),
        views.publication_detail,
        name="publication_detail",
    ),
    path(
        pgettext_lazy("url", "publications/<slug:slug>/wall-chart/"),
        wall_chart.wall_chart,
        name="wall_chart",
    ),
    path(
        pgettext_lazy("url", "publications/<slug:slug>/reference.bib"),
        references.publication_bibtex,
        name="publication_bibtex",
    ),
    path(
        pgettext_lazy("url", "publications/<slug:slug>/reference.ris"),
        references.publication_ris,
        name="publication_ris",
    ),
    path(pgettext_lazy("url", "good-practice/"), views.practice_list, name="practice_list"),
    path(
        pgettext_lazy("url", "good-practice/<slug:slug>/"),
        views.practice_detail,
        name="practice_detail",
    ),
    path(
        pgettext_lazy("url", "good-practice/<slug:slug>/we-do-this-too/"),
        adoptions.request_adoption,
        name="request_adoption",
    ),
    path(
        pgettext_lazy("url", "good-practice/<slug:slug>/we-do-this-too/thanks/"),
        adoptions.adoption_requested,
        name="adoption_requested",
    ),
    path(pgettext_lazy("url", "news/"), news_views.news, name="news"),
    path(pgettext_lazy("url", "news/feed.atom"), news_views.news_feed, name="news_feed"),
    # Under the pages of floors below, which know no news.
    path(
        pgettext_lazy("url", "themes/<slug:slug>/news/"), news_views.theme_news, name="theme_news"
    ),
    path(
        pgettext_lazy("url", "themes/<slug:slug>/news/feed.atom"),
        news_views.theme_feed,
        name="theme_news_feed",
    ),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/news/"),
        news_views.municipality_news,
        name="municipality_news",
    ),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/news/feed.atom"),
        news_views.municipality_feed,
        name="municipality_news_feed",
    ),
]
