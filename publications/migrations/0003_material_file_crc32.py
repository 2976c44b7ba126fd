import hashlib
import zlib

from django.db import migrations, models


def measure(apps, schema_editor):
    """Note the CRC-32 of the files there are; those whose bytes are lost wait for check_files."""
    files = apps.get_model("publications", "MaterialFile")._base_manager
    for file in files.order_by("pk").iterator(chunk_size=100):
        digest, crc32 = hashlib.sha256(), 0
        try:
            with file.file.storage.open(file.file.name, "rb") as stored:
                while chunk := stored.read(1 << 20):
                    digest.update(chunk)
                    crc32 = zlib.crc32(chunk, crc32)
        except OSError:
            continue
        if digest.hexdigest() == file.sha256:
            files.filter(pk=file.pk).update(crc32=crc32)


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0002_describe_ideas_and_take_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="materialfile",
            name="crc32",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="materialfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("crc32__isnull", True), ("crc32__lte", 4294967295), _connector="OR"
                ),
                name="material_file_crc32_has_32_bits",
                violation_error_message="The file's checksum for packages is no such number.",
            ),
        ),
        migrations.RunPython(measure, migrations.RunPython.noop, elidable=True),
    ]
