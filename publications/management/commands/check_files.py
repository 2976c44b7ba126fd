"""Checks, every night for example, that the bytes of every public file are what they were."""

import hashlib
import zlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publications.files import CHUNK
from publications.models import MaterialFile


class Command(BaseCommand):
    """Prints every file that is missing or has changed; ends with an error when there is one."""

    help = "Reads every public file and prints those that are missing or have another checksum."

    def handle(self, *args: Any, **options: Any) -> None:
        checked = damaged = 0
        files = MaterialFile.objects.in_use().select_related("material").order_by("pk")
        for file in files.iterator(chunk_size=100):
            checked += 1
            fault, crc32 = check(file)
            if not fault and file.crc32 is None:  # it was not to be had when it was asked for
                MaterialFile.objects.filter(pk=file.pk).update(crc32=crc32)
            if fault:
                damaged += 1
                self.stdout.write(
                    f"File {file.pk} of material {file.material_id} ({file.material}, "
                    f"{file.language}, v{file.version}): {fault}: {file.file.name}"
                )
        if damaged:
            raise CommandError(f"{damaged} of {checked} public files are not what they were.")
        self.stdout.write(f"{checked} public files are what they were.")


def check(file: MaterialFile) -> tuple[str, int]:
    """What is wrong with the stored bytes, "" when nothing is (SHA-256, FIPS 180-4); the CRC-32."""
    digest, crc32, size = hashlib.sha256(), 0, 0
    try:
        with file.file.storage.open(str(file.file.name), "rb") as stored:
            while chunk := stored.read(CHUNK):
                digest.update(chunk)
                crc32 = zlib.crc32(chunk, crc32)
                size += len(chunk)
    except FileNotFoundError:
        return "it is missing", 0
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})", 0
    if size != file.size:
        return f"it has {size} bytes instead of {file.size}", 0
    return ("" if digest.hexdigest() == file.sha256 else "its bytes have changed"), crc32
