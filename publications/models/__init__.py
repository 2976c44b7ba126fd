"""What there is to read and take home."""

from publications.models.counts import DownloadDay, KitDay
from publications.models.material import Material, MaterialFile
from publications.models.practice import Adoption, AdoptionRequest, Practice, TaskArea
from publications.models.publication import (
    ActionProposal,
    Authorship,
    Publication,
    PublicationContact,
    PublicationEvent,
    ReflectionQuestion,
)
from publications.models.story import Figure, Story

__all__ = [
    "ActionProposal",
    "Adoption",
    "AdoptionRequest",
    "Authorship",
    "DownloadDay",
    "Figure",
    "KitDay",
    "Material",
    "MaterialFile",
    "Practice",
    "Publication",
    "PublicationContact",
    "PublicationEvent",
    "ReflectionQuestion",
    "Story",
    "TaskArea",
]
