"""Materials: slides, videos and documents to take home, with their files."""

import hashlib
import uuid
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, ClassVar

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.constraints import exactly_one_of, rule_at_commit
from foundation.content.models import Content, Image
from foundation.content.publication import (
    ContentQuerySet,
    drafts_of,
    filled,
    is_previewed,
    one_of_the_choices,
    previewed_key,
    published_is_complete,
)
from foundation.editing.rights import Parties
from projects.models import Project, Theme, Workshop
from publications.access import Access, is_closed_unnamed, is_opened
from publications.captions import read_captions, refuse_longer_than, validate_captions
from publications.licences import Licence
from publications.models.extracted_text import Readable
from publications.models.publication import Publication
from publications.uploads import validate_upload
from publications.video_length import mp4_seconds

_OWNERS = ("project", "theme", "workshop", "publication")
# What the page of a material tells those who may not have it.
_NO_SECRETS = ("title", "slug", "withdrawn_because")


def _open(path: str = "") -> Q:
    """Condition for rows that the reader at hand may have; `path` leads to the material."""
    if is_opened():
        return Q()
    return Q(**{f"{path}access": Access.EVERYBODY}) | Q(**{f"{path}pk": previewed_key(Material)})


class _WithLocks(ModelIterable):
    """Rows of which those that are closed to the reader say no more than what they are."""

    def __iter__(self) -> Iterator["Material"]:
        for material in super().__iter__():
            material.lock()
            yield material


class MaterialQuerySet(ContentQuerySet):
    """Materials, newest first; what is for members is not among what is published for others."""

    def published(self, moment: datetime | None = None) -> "MaterialQuerySet":
        """What the reader at hand may have: nothing for members, unless a page is drawn for one.

        Depends on `opened_to_a_member`, beside what every `published` depends on.
        """
        return super().published(moment).filter(_open())  # type: ignore[return-value]

    def with_locked(self, moment: datetime | None = None) -> "MaterialQuerySet":
        """What is published for anybody, without the content of what is closed to the reader.

        Inside `closed_is_unnamed`, where not even a title is told, only what `published` gives.
        """
        if is_closed_unnamed():
            return self.published(moment)
        rows: Any = super().published(moment)
        rows._iterable_class = _WithLocks
        return rows

    def newest(self) -> "MaterialQuerySet":
        return self.order_by("-publish_at", "-pk")

    def belonging_to(self, parties: Parties) -> "MaterialQuerySet":
        """Those of the workshops that belong to the parties, and the user's own drafts."""
        workshops = Workshop.objects.belonging_to(parties).order_by().values("pk")
        return self.filter(Q(workshop__in=workshops) | drafts_of(parties.user))

    def with_origin(self) -> "MaterialQuerySet":
        """With what each belongs to and its picture, in the same query."""
        return self.select_related(
            "project", "theme", "workshop__theme", "publication__theme", "poster"
        )

    def with_files(self, *, texts: bool = False) -> "MaterialQuerySet":
        """With the files a page needs, in one more query; their texts only where asked for."""
        return self.with_origin().prefetch_related(_public_files(texts=texts))


def _public_files(*, texts: bool) -> models.Prefetch:
    files = MaterialFile.objects.published()
    if not texts:
        files = files.defer("reading_text")
    return models.Prefetch("files", files, to_attr="public_files")


class Material(Content):
    """Something to take home from a project, theme, workshop or publication; it is a page."""

    class Type(models.TextChoices):
        SLIDES = "slides", _("Slides")
        VIDEO = "video", _("Video")
        DOCUMENT = "document", _("Document")
        WORKSHEET = "worksheet", _("Worksheet")
        DATA = "data", _("Data")
        LINK = "link", _("Link")

    route = "publications:material_detail"
    _is_forgotten = False

    type = models.CharField(_("Type"), max_length=9, choices=Type)
    project = models.ForeignKey(
        Project,
        verbose_name=_("Project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
    )
    workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("Workshop"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
    )
    publication = models.ForeignKey(
        Publication,
        verbose_name=_("Publication"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
    )
    access = models.CharField(
        _("Who may have it"),
        max_length=9,
        choices=Access,
        default=Access.EVERYBODY,
        help_text=_(
            "For members only: others see its title and a lock, and how to become a member."
        ),
    )
    audience = models.CharField(_("For whom"), max_length=300, null=True, blank=True)
    licence = models.CharField(_("Licence"), max_length=12, choices=Licence, blank=True)
    attribution = models.CharField(
        _("To be named"),
        max_length=200,
        null=True,
        blank=True,
        help_text=_("Whom those who use the material should name."),
    )
    link = models.URLField(_("Link"), null=True, blank=True)
    transcript = models.TextField(
        _("Transcript of the video"),
        null=True,
        blank=True,
        help_text=_(
            "What is said and shown, paragraphs parted by an empty line. Left empty, the page "
            "makes it from the captions."
        ),
    )
    poster = models.ForeignKey(
        Image,
        verbose_name=_("Picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[models.Manager] = MaterialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Content.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["-publish_at", "-pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
            one_of_the_choices("access", Access),
            # Whoever knows a picture's address in the library gets it.
            models.CheckConstraint(
                condition=Q(access=Access.EVERYBODY) | Q(poster__isnull=True),
                name="material_for_members_has_no_picture_of_the_library",
                violation_error_message=_(
                    "The pictures of the library are open to everybody: take the picture away "
                    "from a material for members."
                ),
            ),
            models.CheckConstraint(
                condition=exactly_one_of(*_OWNERS),
                name="material_belongs_to_exactly_one_thing",
                violation_error_message=_(
                    "Choose the one project, theme, workshop or publication it belongs to."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(decision="public") | ~Q(licence=""),
                name="material_published_has_a_licence",
                violation_error_message=_("Choose a licence before the material can be public."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="public")
                | ~Q(type="link")
                | filled("link", "sv")
                | filled("link", "fi"),
                name="material_published_link_leads_somewhere",
                violation_error_message=_("Give the address that the link leads to."),
            ),
            models.CheckConstraint(
                condition=Q(type__in=["slides", "video", "document", "worksheet", "data", "link"]),
                name="material_type_is_known",
                violation_error_message=_("Choose one of the types."),
            ),
            models.CheckConstraint(
                condition=Q(licence__in=["", *Licence.values]),
                name="material_licence_is_known",
                violation_error_message=_("Choose one of the licences."),
            ),
        ]

        triggers = [
            *Content.Meta.triggers,
            # At once, and however many are closed in one go: search reads them anew later.
            pgtrigger.Trigger(
                name="close_in_search",
                operation=pgtrigger.UpdateOf("access"),
                when=pgtrigger.After,
                condition=pgtrigger.Condition("NEW.access <> OLD.access"),
                func="""
                    DELETE FROM search_searchentry
                        WHERE kind = TG_TABLE_NAME AND object_id = NEW.id;
                    RETURN NULL;""",
            ),
        ]

    @property
    def is_for_members(self) -> bool:
        """True for what only members may have."""
        return self.access == Access.MEMBERS

    @property
    def is_locked(self) -> bool:
        """True for what the reader at hand may not have."""
        return self.is_for_members and not is_opened() and not is_previewed(self)

    def lock(self) -> None:
        """Forget all but what a reader without access is told, if that is who reads."""
        if not self.is_locked:
            return
        for field in self.translated_fields():
            if field not in _NO_SECRETS:
                self.__dict__ |= dict.fromkeys((field, f"{field}_sv", f"{field}_fi"))
        self.licence, self._is_forgotten = "", True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what was read with its content locked away is never written over it."""
        if self._is_forgotten:
            raise ValueError("A material that was read as locked cannot be saved.")
        super().save(*args, **kwargs)

    def path(self, language: str | None = None, route: str | None = None, **extra: Any) -> str:
        """The address of its page; a member's own page for what only members may have.

        The room of the network binds the routes "for_members:…" (network/for_members_urls.py).
        """
        if self.is_for_members and is_opened():
            name = (route or self.route).partition(":")[2]
            route = f"for_members:{name}"
        return super().path(language, route, **extra)

    @property
    def belongs_to(self) -> Content:
        """The project, theme, workshop or publication it belongs to."""
        return next(
            getattr(self, name) for name in _OWNERS if getattr(self, f"{name}_id") is not None
        )

    @property
    def thread_theme(self) -> Theme | None:
        """The theme whose thread marks it."""
        owner = self.belongs_to
        return owner if isinstance(owner, Theme) else getattr(owner, "theme", None)

    def newest_files(self) -> "list[MaterialFile]":
        """The newest published file in each language, Swedish and Finnish before others."""
        return newest_of(self._public_files())

    def captions(self) -> "list[MaterialFile]":
        """The newest published captions in each language."""
        return captions_of(self._public_files())

    def _public_files(self) -> "list[MaterialFile]":
        files = getattr(self, "public_files", None)
        return list(self.files.published()) if files is None else files

    def file_for(self, language: str, version: int | None = None) -> "MaterialFile | None":
        """The file a reader of the language gets: its own, else the bilingual, else another.

        The newest one, unless a version is asked for. Of that, the file that was public first: a
        format that joins the version later leaves the address as it is.
        """
        files = [
            file
            for file in self.files.published()
            if file.role == MaterialFile.Role.CONTENT and version in (None, file.version)
        ]
        order = [language, "sv+fi", languages.other(language), "en"]

        def rank(file: MaterialFile) -> tuple:
            place = order.index(file.language)
            if version is None:
                return place, -file.version
            return place, file.published_at, file.pk

        return min(files, key=rank, default=None)


def newest_of(files: "Iterable[MaterialFile]") -> "list[MaterialFile]":
    """Of the public files of a material, newest version first, those that `newest_files` tells."""
    newest: dict[tuple[str, str], MaterialFile] = {}
    for file in files:
        if file.role == MaterialFile.Role.CONTENT:
            newest.setdefault((file.language, file.format), file)
    order = ["sv", "sv+fi", "fi", "en"]
    return sorted(newest.values(), key=lambda file: order.index(file.language))


def captions_of(files: "Iterable[MaterialFile]") -> "list[MaterialFile]":
    """Of the public files of a material, newest version first, those that `captions` tells."""
    newest: dict[str, MaterialFile] = {}
    for file in files:
        if file.role == MaterialFile.Role.CAPTIONS:
            newest.setdefault(file.language, file)
    return list(newest.values())


class MaterialFileQuerySet(models.QuerySet):
    """Files of materials, newest version first."""

    def published(self) -> "MaterialFileQuerySet":
        """Those that the reader at hand may have of a published material."""
        return self.in_use().filter(_open("material__"))

    def for_staff(self) -> "MaterialFileQuerySet":
        """Those of the materials that staff may see, public or not."""
        return self.filter(material__in=Material.objects.for_staff().order_by().values("pk"))

    def in_use(self) -> "MaterialFileQuerySet":
        """Those that are public or members', for the work of staff and of the portal itself."""
        return self.filter(published_at__lte=timezone.now()).order_by("-version", "language", "pk")


def upload_path(file: "MaterialFile", filename: str) -> str:
    """Where a file is stored: by a name of our own, so that nothing of the client's name counts."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"materials/{uuid.uuid4().hex}{suffix if suffix.isascii() else ''}"


class MaterialFile(Readable):
    """One file of a material, in one language and version; published bytes never change."""

    # Public bytes never change, and a version that came later is no mistake to take back.
    stays_when_restored = True
    written_by_machines = ("reading_state", "reading_problem", "page_pictures", "crc32")
    written_by_machines_too = ("reading_text", "pages", "seconds")

    class Language(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        FINNISH = "fi", _("Finnish")
        BOTH = "sv+fi", _("Swedish and Finnish")
        ENGLISH = "en", _("English")

    class Role(models.TextChoices):
        CONTENT = "content", _("The material itself")
        CAPTIONS = "captions", _("Captions")

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="files")
    role = models.CharField(_("Role"), max_length=8, choices=Role, default=Role.CONTENT)
    language = models.CharField(_("Language"), max_length=5, choices=Language)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    format = models.CharField(_("Format"), max_length=5, editable=False)
    file = models.FileField(
        _("File"), upload_to=upload_path, validators=[validate_upload, validate_captions]
    )
    original_name = models.CharField(max_length=200, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)  # bytes
    sha256 = models.CharField(max_length=64, editable=False)
    # A ZIP names each file by it (APPNOTE 6.3.10, 4.4.7). Known beforehand, a kit needs no reading
    # of its files before its first byte. None for a file whose bytes are not what they were.
    crc32 = models.PositiveBigIntegerField(null=True, editable=False)
    pages = models.PositiveSmallIntegerField(_("Pages or slides"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("Length in seconds"), null=True, blank=True)
    published_at = models.DateTimeField(
        _("Public from"),
        null=True,
        blank=True,
        help_text=_("Once public, the file cannot be changed: add a new version instead."),
    )

    objects = MaterialFileQuerySet.as_manager()
    checksums = {"file": "sha256"}  # a backup compares what it reads with them

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["language", "-version"]
        constraints = [
            *Readable.Meta.constraints,
            models.UniqueConstraint(
                fields=["material", "role", "language", "format", "version"],
                name="material_file_version_is_its_own",
                violation_error_message=_("There already is a file in this language and version."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["sv", "fi", "sv+fi", "en"]),
                name="material_file_language_is_known",
                violation_error_message=_("Choose the language of the file."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["content", "captions"]),
                name="material_file_role_is_known",
                violation_error_message=_("Choose what the file is to the material."),
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="material_file_versions_count_from_one",
                violation_error_message=_("The first version is number 1."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="material_file_has_a_checksum",
                violation_error_message=_("The file has no checksum."),
            ),
            models.CheckConstraint(
                condition=Q(crc32__isnull=True) | Q(crc32__lte=0xFFFFFFFF),
                name="material_file_crc32_has_32_bits",
                violation_error_message=_("The file's checksum for packages is no such number."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="freeze_published_bytes",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND (OLD.file, OLD.sha256, OLD.size, "
                    "OLD.language, OLD.version, OLD.format, OLD.role, OLD.material_id) "
                    "IS DISTINCT FROM (NEW.file, NEW.sha256, NEW.size, NEW.language, "
                    "NEW.version, NEW.format, NEW.role, NEW.material_id)"
                ),
                func="""
                    RAISE EXCEPTION 'violates the rule material_file_published_never_changes'
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'material_file_published_never_changes';""",
            ),
            rule_at_commit(
                "material_keeps_published_files",
                operation=pgtrigger.Delete,
                broken_when="""
                    OLD.published_at IS NOT NULL AND EXISTS (
                        SELECT FROM publications_material WHERE id = OLD.material_id)""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_name} ({self.get_language_display()}, {self.version})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new file is measured and named before it is stored."""
        self.measure()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Measure a new file before the rules on what is measured are checked."""
        super().clean()
        self.measure()
        if self.file and not self.file._committed:
            is_captions = self.role == MaterialFile.Role.CAPTIONS
            if is_captions != (self.format == "vtt"):
                wrong = _("Captions are a VTT file, and a VTT file is captions.")
                raise ValidationError({"role": wrong})
            if is_captions:
                self._refuse_captions_of_a_longer_video()

    def _refuse_captions_of_a_longer_video(self) -> None:
        try:
            validate_captions(self.file)
        except ValidationError:
            return  # the field has said so
        videos = MaterialFile.objects.filter(
            material=self.material_id, media_type__startswith="video/"
        )
        longest = videos.aggregate(models.Max("seconds"))["seconds__max"]
        if longest:
            self.file.seek(0)
            refuse_longer_than(read_captions(self.file.read()), longest)

    def measure(self) -> None:
        """Note a new file's name, format, size, length and checksums.

        By SHA-256 (FIPS 180-4) and CRC-32, which ZIP files are made with.
        """
        if self.file and not self.file._committed:
            self.original_name = PurePosixPath(self.file.name or "").name[-200:]
            self.format = PurePosixPath(self.original_name).suffix.lower().lstrip(".")[:5]
            self.media_type = MEDIA_TYPES.get(self.format, "application/octet-stream")
            self.size = self.file.size
            self.file.seek(0)
            digest, self.crc32 = hashlib.sha256(), 0
            for chunk in self.file.chunks():
                digest.update(chunk)
                self.crc32 = zlib.crc32(chunk, self.crc32)
            self.sha256 = digest.hexdigest()
            if self.format == "mp4" and self.seconds is None:
                self.seconds = mp4_seconds(self.file.file)

    @property
    def language_codes(self) -> list[str]:
        """The languages of the file, as for Content-Language."""
        return self.language.split("+")


MEDIA_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
}
