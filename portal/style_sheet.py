"""The site's style sheet: one file for each layer to write, one file in all to send."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "portal/site.css"
IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


class StaticFilesWithOneStyleSheet(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, with the imports of the site's style sheet put in place.

    A browser meets an import only when it has read the file around it, and each file is one more
    journey on a mobile network: eight of them kept the first picture waiting by half a second.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator:
        if SITE in paths and not dry_run:
            self.delete(SITE)
            self._save(SITE, ContentFile(self._joined(paths)))
            paths = {**paths, SITE: (self, SITE)}
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, paths: dict[str, Any]) -> bytes:
        def content(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode("utf-8")

        folder = SITE.rpartition("/")[0]
        joined = IMPORT.sub(lambda found: content(f"{folder}/{found[1]}"), content(SITE))
        return joined.encode()
