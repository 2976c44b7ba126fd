"""Names that every file system takes: Windows', macOS' and the others'."""

import re
import unicodedata

# Names of devices, whatever stands after their first dot (Microsoft, “Naming Files, Paths, and
# Namespaces”).
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.I)


def safe_name(text: str, most: int) -> str:
    """A title as a name or the beginning of one, of `most` bytes in UTF-8; "" when nothing is left.

    In NFC, without the signs Windows forbids, and not ending in the space or the dot it drops.
    """
    name = unicodedata.normalize("NFC", text)
    name = re.sub(r"(?<=\w):(?=\w)", "", name)  # S:t Michel, as in slugs
    name = re.sub(r"[/\\|]", "-", re.sub(r'[<>:"?*\s\x00-\x1f]', " ", name))
    # Invisible signs can turn a name around or hide its ending.
    name = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    name = " ".join(name.split()).encode()[:most].decode(errors="ignore").strip(" .")
    return f"_{name}"[:most].rstrip(" .") if _DEVICE.match(name) else name


def same_name(path: str) -> str:
    """What is equal for paths that are one path on a system that overlooks case or composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
