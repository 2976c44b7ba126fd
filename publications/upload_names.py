"""What a file's name says of a material: its title, its language, and what kind of thing it is."""

import re
import unicodedata
from dataclasses import dataclass

from foundation.content.slugs import slug_from

# Between the words of a name; a point or hyphen between digits belongs to a date.
_BETWEEN = re.compile(r"((?:(?<!\d)[.-]|[.-](?!\d)|[\s_+()\[\],])+)")
_VERSION = re.compile(r"(?:v|ver)\.?\d+|\d{1,2}")

# No words of either language: they mark the language wherever they stand.
_CODES = {"sv": "sv", "swe": "sv", "fi": "fi", "svfi": "sv+fi", "fisv": "sv+fi"}
# Words that mark the language at the end of a name.
_NAMES = {
    **dict.fromkeys(("svenska", "ruotsi", "ruotsiksi"), "sv"),
    **dict.fromkeys(("finska", "suomi", "suomeksi"), "fi"),
    **dict.fromkeys(("eng", "english", "engelska", "englanti", "englanniksi"), "en"),
}
# Marks at the end of a name only where no space parts them from it: they are words too.
_SHORT = {"se": "sv", "fin": "fi", "en": "en"}

# fmt: off
_SWEDISH = {
    "att", "av", "bilder", "den", "det", "en", "ett", "från", "för", "hur", "i", "kommun", "med",
    "mot", "nu", "och", "om", "på", "som", "så", "till", "under", "ur", "utan", "vad", "var", "vi",
    "vid", "är",
}
_FINNISH = {
    "diat", "ei", "eli", "että", "ja", "jos", "kalvot", "kanssa", "kuinka", "kun", "kunta", "miten",
    "mitä", "nyt", "on", "ovat", "se", "sekä", "tai", "uusi", "vai",
}
# fmt: on
# Signs and endings that one of the languages has and the other hardly ever. Names often lack the
# dots over their letters, hence endings without them too.
_SWEDISH_SIGNS = re.compile(
    r"[åcqwxz]|^(?:sj|skj|stj|tj|kn|sn|sm|sv)|[bdfgkmpv]$"
    r"|(?:ning|ningar|ningen|het|heter|skap|tion|tioner|else|elser|arna|orna|erna|ande|ende|lig"
    r"|liga|isk|iska|are|ering)$"
)
_FINNISH_SIGNS = re.compile(
    r"^(?:hyvinv|kunt|ty[oö])|aa|ii|uu|yy|ää|öö|uo|yö"
    r"|(?:ss|st|ll|lt)[aä]$|(?:lle|ksi|nen|set|jen|ien|een|oon|uus|yys|us|ys|misen|ksen|kset|nnöt)$"
)

_KINDS = {
    "worksheet": ("arbetsblad", "arbetsark", "worksheet", "tyopohja", "tyoarkki", "tehtavat"),
    "slides": ("bilder", "presentation", "slides", "diat", "kalvot", "esitys"),
}


@dataclass(frozen=True)
class FileName:
    """The name of a file that an editor brings, taken apart."""

    title: str  # "" where the name says no more than its language
    language: str  # of the file: sv, fi, sv+fi, en, or "" where the name does not say
    kind: str  # "worksheet" or "slides", or "" where the name does not say
    ending: str  # the format, in small letters

    @property
    def key(self) -> str:
        """What the names of files of one material have alike; "" belongs to none."""
        return slug_from(self.title)

    @property
    def title_language(self) -> str:
        """The language the title's words are in, or "" where they do not show it."""
        return language_of(self.title)


def read_name(name: str) -> FileName:
    """Take a file's name apart; nothing in it is believed to be a path."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    # Invisible signs can turn a name around or hide its ending.
    name = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    stem, point, ending = name.rpartition(".")
    if not point:
        stem, ending = name, ""
    pieces = _BETWEEN.split(stem)
    words = list(zip(["", *pieces[1::2]], pieces[::2], strict=True))  # (what stands before, word)
    words = [(before, word) for before, word in words if word]
    language = _take_language(words)
    title = _title(words)
    kinds = [kind for kind, named in _KINDS.items() if set(slug_from(title).split("-")) & {*named}]
    return FileName(title, language, kinds[0] if kinds else "", ending.lower())


def language_of(words: str) -> str:
    """The language of a few words, "sv" or "fi", or "" where neither outweighs the other."""
    weight = 0
    for word in re.findall(r"[^\W\d_]+", words.lower()):
        weight += (word in _SWEDISH) + bool(_SWEDISH_SIGNS.search(word))
        weight -= (word in _FINNISH) + bool(_FINNISH_SIGNS.search(word))
    return "sv" if weight > 0 else "fi" if weight < 0 else ""


def _take_language(words: list[tuple[str, str]]) -> str:
    """Take the marks of a language out of the words, and say which they were."""
    found: list[str] = []
    while words and _VERSION.fullmatch(words[-1][1].lower()) and len(words) > 1:
        words.pop()
    while words:
        before, word = words[-1][0], words[-1][1].lower()
        mark = _NAMES.get(word) or _CODES.get(word)
        if not mark and before.strip():
            mark = _SHORT.get(word)
        if not mark:
            break
        found.append(mark)
        words.pop()
        while words and (
            words[-1][1].lower() in ("på", "pa", "och", "ja")
            or (len(words) > 1 and _VERSION.fullmatch(words[-1][1].lower()))
        ):
            words.pop()
    for place in range(len(words) - 1, -1, -1):
        if mark := _CODES.get(words[place][1].lower()):
            found.append(mark)
            del words[place]
    if {"sv", "fi"} <= set(found):
        return "sv+fi"
    return found[0] if found else ""


def _title(words: list[tuple[str, str]]) -> str:
    """The words as one writes them: hyphens stand for spaces where the name has no other."""
    has_spaces = any(re.search(r"[\s_]", before) for before, _word in words[1:])
    title = ""
    for number, (before, word) in enumerate(words):
        if number and re.search(r"\s-\s", before):
            title += " – "
        elif number:
            title += before if has_spaces and before in ("-", "- ", " -") else " "
        title += word
    return title[:1].upper() + title[1:]
