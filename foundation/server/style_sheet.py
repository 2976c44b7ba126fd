"""The site's style sheet: one file for each layer to write, one file in all to send."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "portal/site.css"
IMPORT = re.compile(r'^@import "([^"]+)"(?: (\w+))?;\n', re.MULTILINE)


class StaticFilesWithOneStyleSheet(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, with the imports of the site's style sheet put in place.

    A browser meets an import only when it has read the file around it, and each file is one more
    journey on a mobile network: eight of them kept the first picture waiting by half a second.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._addresses: dict[tuple[str, bool, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, worked out once: a form of the admin asks for a hundred."""
        key = (name, force, settings.DEBUG)
        if key not in self._addresses:
            self._addresses[key] = super().url(name, force)
        return self._addresses[key]

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator:
        if SITE in paths and not dry_run:
            self.delete(SITE)
            self._save(SITE, ContentFile(self._joined(paths)))
            paths = {**paths, SITE: (self, SITE)}
        self._addresses.clear()
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, paths: dict[str, Any]) -> bytes:
        def content(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode("utf-8")

        def imported(rule: re.Match) -> str:
            layer = content(normpath(join(dirname(SITE), rule[1])))
            return f"@media {rule[2]} {{\n{layer}}}\n" if rule[2] else layer

        return IMPORT.sub(imported, content(SITE)).encode()
