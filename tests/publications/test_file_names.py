"""Names that every file system takes."""

import unicodedata

import pytest

from publications.file_names import safe_name, same_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Välfärd i vardagen", "Välfärd i vardagen"),
        (unicodedata.normalize("NFD", "Välfärd på ön"), "Välfärd på ön"),
        ('Vem? Hur: "så" <här>*', "Vem Hur så här"),
        ("S:t Michel", "St Michel"),
        ("och/eller\\inte|alls", "och-eller-inte-alls"),
        ("slutar med punkt...", "slutar med punkt"),
        (" . .. ", ""),
        ("rad\nbryt\ttabb", "rad bryt tabb"),
        ("fpd.\u202eexe\u200b", "fpd.exe"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("Com1 .x", "_Com1 .x"),
        ("lpt³", "_lpt³"),
        ("Konsol", "Konsol"),
        ("console", "console"),
        ("COM10", "COM10"),
    ],
)
def test_name_is_safe(text, name):
    assert safe_name(text, 100) == name


def test_name_is_cut_between_characters():
    assert safe_name("å" * 100, 9) == "åååå"
    assert safe_name("ab. cd", 4) == "ab"
    assert safe_name("aux", 3) == "_au"


def test_paths_are_compared_as_windows_and_macos_do():
    assert same_name("Å.PDF") == same_name("å.pdf") == same_name("a\u030a.pdf")
    assert same_name("a.pdf") != same_name("ä.pdf")
