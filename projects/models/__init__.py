"""What is done: the project, its themes, workshops and people."""

from projects.models.contact import Contact, ContactAssignment
from projects.models.organisation import Organisation, Programme, ProgrammeParticipant
from projects.models.project import Goal, Participation, Project, ProjectRole
from projects.models.theme import Theme, ThemePeriod
from projects.models.workshop import Workshop, WorkshopSeries

__all__ = [
    "Contact",
    "ContactAssignment",
    "Goal",
    "Organisation",
    "Participation",
    "Programme",
    "ProgrammeParticipant",
    "Project",
    "ProjectRole",
    "Theme",
    "ThemePeriod",
    "Workshop",
    "WorkshopSeries",
]
