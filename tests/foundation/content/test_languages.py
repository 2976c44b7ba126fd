"""The two languages, and which of them a browser prefers."""

import pytest
from django.utils import translation

from foundation.content import languages


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("sv", "sv"),
        ("fi", "fi"),
        ("sv-FI", "sv"),
        ("SV-fi", "sv"),
        ("fi-FI,fi;q=0.9,en;q=0.8", "fi"),
        ("en-GB,en;q=0.9,sv;q=0.5,fi;q=0.4", "sv"),
        ("en,fi;q=0.2,sv;q=0.1", "fi"),
        ("sv;q=0.1,fi", "fi"),
        ("sv;q=0,fi;q=0.1", "fi"),
        ("fi;q=0", None),
        ("sv;q=0, fi;q=0", None),
        ("en", None),
        ("*", None),
        ("", None),
        ("svenska", None),
        ("finnish", None),
        ("sve,fil", None),
        ("sv;q=2", None),
        ("sv;q=", None),
        (";;;,,,===", None),
        ("sv\x00", None),
        ("å-ä,ö;q=1", None),
        ("sv-" + "x" * 100_000, None),
        ("en," * 100_000 + "fi", None),
    ],
)
def test_preferred_language(header: str, language: str | None) -> None:
    assert languages.preferred(header) == language


def test_the_languages_are_each_others_other() -> None:
    assert languages.other("sv") == "fi"
    assert languages.other("fi") == "sv"


@pytest.mark.parametrize(
    ("active", "current"), [("sv", "sv"), ("fi", "fi"), ("en", "sv"), (None, "sv")]
)
def test_current_language_is_always_one_of_ours(active, current) -> None:
    with translation.override(active):
        assert languages.current() == current
