"""Reads MEDIA_STORAGE: where uploaded files are kept."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FORM = "MEDIA_STORAGE has the form s3://bucket/folder?endpoint=https://objects.example.fi&region=x"
_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name", "addressing": "addressing_style"}


def storage_from_url(url: str) -> dict[str, Any]:
    """Return Django's STORAGES entry for a URL, or for the folder MEDIA_ROOT when it is empty.

    The keys are never in the URL: boto3 finds them in the environment or in the machine's role.
    Raises ValueError, or ModuleNotFoundError where the package for S3 is not installed.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or parts.fragment:
        raise ValueError(FORM)
    options: dict[str, Any] = {
        "bucket_name": parts.netloc,
        "location": unquote(parts.path).strip("/"),
        # Two uploads never share a name, and a published file is never written again.
        "file_overwrite": False,
        # The bucket's own rule, which is to be private: readers get files through our views only.
        "default_acl": None,
    }
    for name, text in parse_qsl(parts.query, keep_blank_values=True):
        if name not in _OPTIONS or not text:
            raise ValueError(f"MEDIA_STORAGE knows {', '.join(_OPTIONS)} after the ?. {FORM}")
        options[_OPTIONS[name]] = text
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ModuleNotFoundError(
            "MEDIA_STORAGE needs the packages of the group s3; docs/storage.md says how to install."
        )
    return {"BACKEND": "foundation.server.object_storage.ObjectStorage", "OPTIONS": options}
