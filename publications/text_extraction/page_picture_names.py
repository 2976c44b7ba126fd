"""The pictures of pages: how many, how wide, and what their files are called."""

COUNT = 4  # pages
WIDTHS = (480, 960)  # pixels


def drawn_name(number: int, width: int) -> str:
    """The name of a page's picture in its folder; pages count from 1."""
    return f"{number}-{width}.webp"
