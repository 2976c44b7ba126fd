"""Plain text that members write, as the small HTML it is stored as, and back."""

import re
from html import unescape

from django.utils.html import escape


def as_html(text: str) -> str:
    """Paragraphs parted by an empty line, with their line breaks; nothing else is markup."""
    parts = re.split(r"\n\s*\n", as_lines(text))
    return "".join(
        f"<p>{escape(part.strip()).replace(chr(10), '<br>')}</p>" for part in parts if part.strip()
    )


def as_text(html: str) -> str:
    """The words of HTML as a person would type them: blocks are parted by an empty line."""
    broken = re.sub(r"<br\s*/?>", "\n", html)
    broken = re.sub(r"</(?:p|h\d|ul|ol|blockquote|table)>", "\n\n", broken)
    broken = re.sub(r"</(?:li|tr)>", "\n", broken)
    lines = unescape(re.sub(r"<[^>]*>", " ", broken)).split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def as_lines(text: str) -> str:
    """Text with the line ends of Python: browsers send others (HTML, 4.10.21.4)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
