"""What the room shows itself; the pages of a theme and a workshop are bound by the roof."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from projects import views

app_name = "projects"
urlpatterns = [
    path(pgettext_lazy("url", "project/"), views.project_detail, name="project_detail"),
    path(pgettext_lazy("url", "themes/"), views.theme_list, name="theme_list"),
    path(
        pgettext_lazy("url", "themes/<slug:slug>/calendar.ics"),
        views.theme_calendar,
        name="theme_calendar",
    ),
    path(pgettext_lazy("url", "workshops/"), views.workshop_list, name="workshop_list"),
    path(
        pgettext_lazy("url", "workshops/calendar.ics"),
        views.workshops_calendar,
        name="workshops_calendar",
    ),
    path(
        pgettext_lazy("url", "workshops/series/<slug:slug>/"),
        views.series_detail,
        name="series_detail",
    ),
    path(
        pgettext_lazy("url", "workshops/series/<slug:slug>/calendar.ics"),
        views.series_calendar,
        name="series_calendar",
    ),
    path(
        pgettext_lazy("url", "workshops/<int:year>/<slug:slug>/calendar.ics"),
        views.workshop_calendar,
        name="workshop_calendar",
    ),
    # Under the municipality's page, which stands a floor below and knows no workshops.
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/calendar.ics"),
        views.municipality_calendar,
        name="municipality_calendar",
    ),
    path(
        pgettext_lazy("url", "programmes/<slug:slug>/"),
        views.programme_detail,
        name="programme_detail",
    ),
    path(pgettext_lazy("url", "contacts/"), views.contact_list, name="contact_list"),
]
