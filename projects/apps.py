from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """What is done: the project, its themes, workshops and people."""

    name = "projects"
    verbose_name = _("Project and workshops")
