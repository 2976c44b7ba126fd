"""A site with staff of every role, and items that are theirs and that are not."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.content.models import LanguageState, SlugHistory
from foundation.history.models import Change
from projects.models import Contact, Workshop
from publications.models import Material, Practice, Story
from publications.text_extraction.page_picture_names import WIDTHS, drawn_name
from tests import factories

# Everybody who may knock at the admin's door.
STAFF = (*Role.values, "superuser")
OTHERS = ("anonymous", "reader", "no-role", "former-municipal-editor")


def make_staff(role: str, **given: Any) -> User:
    """A user of a role, whatever it is: staff, superuser, or somebody without a role."""
    is_staff = role != "reader"
    user = factories.make_user(is_staff=is_staff, is_superuser=role == "superuser", **given)
    group = role.removeprefix("former-")
    if group in Role.values:
        user.groups.add(Group.objects.get(name=group))
    return user


class Site:
    """Items of every model, by model and by whose they are: own, own-draft, public, draft."""

    def __init__(self) -> None:
        self.users = {role: make_staff(role) for role in (*STAFF, *OTHERS) if role != "anonymous"}
        own = factories.make_municipality()
        other = factories.make_municipality()
        editor = self.users[Role.MUNICIPAL_EDITOR]
        former = self.users["former-municipal-editor"]
        factories.make_membership(user=editor, municipality=own)
        ended = timezone.localdate() - timedelta(days=1)
        factories.make_membership(user=former, municipality=own, valid_until=ended)
        for_one = {"level": Workshop.Level.MUNICIPALITY}
        workshop = factories.make_workshop(municipalities=[own], **for_one)
        others_workshop = factories.make_workshop(municipalities=[other], **for_one)
        practice, others_practice = factories.make_practice(), factories.make_practice()
        factories.make_adoption(practice=practice, municipality=own)
        factories.make_adoption(practice=others_practice, municipality=other)
        # Begun elsewhere: to work by a practice does not make it one's own.
        factories.make_adoption(practice=others_practice, municipality=own, is_origin=False)
        contact, others_contact = factories.make_contact(), factories.make_contact()
        factories.make_contact_assignment(contact=contact, municipality=own)
        factories.make_contact_assignment(contact=others_contact, municipality=own)
        factories.make_contact_assignment(contact=others_contact, workshop=others_workshop)
        draft = {"decision": "draft", "publish_at": None}
        mine = {**draft, "responsible": editor}
        self.items: dict[type[models.Model], dict[str, Any]] = {
            factories.Municipality: {"own": own, "public": other},
            Contact: {"own": contact, "public": others_contact},
            Workshop: {
                "own": workshop,
                "own-draft": factories.make_workshop(**mine),
                "public": others_workshop,
                "draft": factories.make_workshop(municipalities=[other], **for_one, **draft),
            },
            Practice: {
                "own": practice,
                "own-draft": factories.make_practice(**mine),
                "public": others_practice,
                "draft": factories.make_practice(**draft),
            },
            Material: {
                "own": factories.make_material(workshop=workshop),
                "own-draft": factories.make_material(**mine),
                "public": factories.make_material(workshop=others_workshop),
                "draft": factories.make_material(workshop=others_workshop, **draft),
            },
            User: {"superuser": self.users["superuser"], "public": self.users["reader"]},
            Group: {"public": Group.objects.create(name="Arkiv")},
        }
        self.files = {
            whose: self._file(material, whose) for whose, material in self.items[Material].items()
        }
        story = factories.make_story()
        Story.objects.filter(pk=story.pk).update(slug_sv="annan-adress", title_sv="Ny rubrik")
        self.version, self.deletion = self._past(story)
        self.items[Story] = {"public": story, "draft": factories.make_story(**draft)}
        self.items[SlugHistory] = {"public": SlugHistory.objects.get()}
        states = LanguageState.objects.filter(kind=Story._meta.db_table, object_id=story.pk)
        self.text = states.get(field="title")
        self.previews = {
            role: factories.make_preview(made_by=user) for role, user in self.users.items()
        }

    def items_of(self, model: type[models.Model]) -> dict[str, Any]:
        """The items of a model by whose they are; one is made where there is none."""
        if model not in self.items:
            item = model._base_manager.first() or factories.MAKERS[model]()
            self.items[model] = {"public": item}
        return self.items[model]

    def _past(self, story: Story) -> tuple[int, int]:
        """A version of the story, and a term in the bin."""
        changes = Change.objects.filter(kind=Story._meta.db_table, object_id=story.pk)
        term = factories.make_term()
        key = term.pk
        term.delete()
        deletion = Change.objects.in_bin().get(kind=type(term)._meta.db_table, object_id=key)
        return changes.latest("pk").pk, deletion.pk

    def _file(self, material: Material, whose: str) -> Any:
        drawn = {"number": 1, "folder": f"drawn/{whose}", "width": 4, "height": 3, "heading": ""}
        name = f"{drawn['folder']}/{drawn_name(1, WIDTHS[0])}"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(b"RIFF"))
        published = None if "draft" in whose else factories.LONG_AGO
        return factories.make_material_file(
            material=material, page_pictures=[drawn], published_at=published
        )
