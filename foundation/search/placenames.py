"""The case forms of the names of places, which no dictionary holds in full.

Finnish: genitive, partitive, essive, translative and the six local cases, by the rules of
consonant gradation and stem types as in Iso suomen kielioppi (§ 41–42, § 63–66); what bends by no
rule stands in a table, after the register of place names of Kotus. Where usage differs (Paraisten,
Paraisilla) there are more forms than people use: that a form leads to its place does no harm.
"""

import re

# Names and last parts of names whose stem follows from no rule: strong stem, weak stem.
_IRREGULAR = {
    "alavus": ("alavute", "alavude"),
    "ii": ("ii", "ii"),
    "iitti": ("iitti", "iiti"),
    "joki": ("joke", "joe"),
    "juuka": ("juuka", "juua"),
    "kangas": ("kankaa", "kankaa"),
    "kangasala": ("kangasala", "kangasala", "kangasa"),
    "kannus": ("kannukse", "kannukse"),
    "kaupunki": ("kaupunki", "kaupungi"),
    "koski": ("koske", "koske"),
    "kumpu": ("kumpu", "kummu"),
    "kunta": ("kunta", "kunna"),
    "lahti": ("lahte", "lahde"),
    "lampi": ("lampi", "lammi"),
    "loppi": ("loppe", "lope"),
    "maa": ("maa", "maa"),
    "muhos": ("muhokse", "muhokse"),
    "muurame": ("muuramee", "muuramee", "muurame"),
    "mäki": ("mäke", "mäe"),
    "niemi": ("nieme", "nieme"),
    "nummi": ("numme", "numme"),
    "nurmes": ("nurmekse", "nurmekse"),
    "pihtipudas": ("pihtiputaa", "pihtiputaa"),
    "pohja": ("pohja", "pohja"),
    "punkalaidun": ("punkalaitume", "punkalaitume"),
    "raahe": ("raahe", "raahe"),
    "saari": ("saare", "saare"),
    "salmi": ("salme", "salme"),
    "varkaus": ("varkaute", "varkaude"),
    "vesi": ("vete", "vede"),
    "virrat": ("virta", "virra", "virroi", "virtoi"),
    "järvi": ("järve", "järve"),
}
# First parts that bend with the last: Uudessakaupungissa, Isossakyrössä.
_BENDING_FIRST = {"uusi": ("uute", "uude"), "iso": ("iso", "iso")}
_BENDS_WHOLE = ("uusikaupunki", "uusikaarlepyy", "uusimaa", "isokyrö")

_WEAKENED = [
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn")),
    *(("lt", "ll"), ("rt", "rr"), ("ht", "hd")),
]
_VOWELS = "aeiouyäöå"


def forms(name: str, language: str) -> list[str]:
    """The name in small letters with its case forms, the name itself first; words by spaces."""
    lower = name.lower()
    found = [lower]
    if language == "fi":
        *before, last = lower.split(" ")
        found += [" ".join([*before, form]) for form in _finnish(last)]
    elif not lower.endswith(("s", "x", "z")):
        found.append(lower + "s")
    return list(dict.fromkeys(found))


def _finnish(name: str) -> list[str]:
    if len(name) < 2:
        return []
    if name in _BENDS_WHOLE:
        return _both_parts(name)
    found: list[str] = []
    if name.endswith("nen"):  # Kaustisella, but Kauniaisissa, Kauniaisten
        stem = name[:-3] + "s"
        back = _back_vowel(name)
        plural = stem + "i"
        found += [stem + "ten", plural + "in", plural + back, plural + "ksi", plural + "n" + back]
        found += [plural + ending for ending in _local_endings(plural)]
    for strong, weak, *more in _stems(name):
        found += _cases(strong, weak)
        for other in more:
            found += [other + ending for ending in _local_endings(other)]
    return found


def _both_parts(name: str) -> list[str]:
    first = next(part for part in _BENDING_FIRST if name.startswith(part))
    strong, weak = _BENDING_FIRST[first]
    last_strong, last_weak, *_more = _stems(name.removeprefix(first))[0]
    heads, tails = _cases(strong, weak), _cases(last_strong, last_weak)
    return [head + tail for head, tail in zip(heads, tails, strict=False)]


def _stems(name: str) -> list[tuple[str, ...]]:
    """Strong and weak stems of a name, then stems that have local cases only."""
    for last in sorted(_IRREGULAR, key=len, reverse=True):
        if name.endswith(last) and not (last == "ii" and name != "ii"):
            first = name.removesuffix(last)
            return [tuple(first + stem for stem in _IRREGULAR[last])]
    if name.endswith("nen"):
        return [(name[:-3] + "se", name[:-3] + "se")]
    if name.endswith("e"):  # Tampere, Kempele, Savitaipale
        return [(name + "e", name + "e")]
    if name[-1] not in _VOWELS:  # Korsnäs, Saltvik: foreign names take an i
        return [(name + "i", name + "i")]
    weak = _weak(name)
    # Swedish names (Geta) do not weaken.
    return [(name, weak), (name, name)] if weak != name else [(name, name)]


def _weak(name: str) -> str:
    """The stem in the weak grade: Helsinki, Helsingi-; Lieto, Liedo-; Turku, Turu-."""
    match = re.fullmatch(rf"(.*?)([^{_VOWELS}]+)([{_VOWELS}]+)", name)
    if not match or len(match[3]) > 1:
        return name
    before, consonants, vowel = match.groups()
    for strong, weak in _WEAKENED:
        if consonants.endswith(strong):
            return before + consonants.removesuffix(strong) + weak + vowel
    if consonants == "t":
        return before + "d" + vowel
    if consonants == "rk" and vowel == "u":  # Turku, but Kotka and Juuka differ
        return before + "r" + vowel
    return name


def _cases(strong: str, weak: str) -> list[str]:
    a = _back_vowel(strong)
    partitives = [strong + a, strong + "t" + a]
    if strong.endswith("e"):  # järveä, but saarta and Tamperetta
        partitives += [strong[:-1] + "t" + a, strong.removesuffix("e") + "tt" + a]
    is_long = strong[-1] == strong[-2:-1]
    illatives = [strong + strong[-1] + "n"]
    if is_long:  # Vantaaseen, but Keminmaahan
        illatives = [strong + "seen", f"{strong}h{strong[-1]}n"]
    return [
        weak + "n",
        *(weak + ending for ending in _local_endings(strong)),
        strong + "n" + a,
        weak + "ksi",
        *partitives[:2],
        *illatives,
        *partitives[2:],
    ]


def _back_vowel(stem: str) -> str:
    """The a or ä of endings, by the last vowel that is not neutral: Ylivieskassa, Alajärvellä."""
    if stem.endswith(("nieme", "vede", "vete")):  # Kangasniemellä: the last part decides
        return "ä"
    telling = re.findall("[aouäöy]", stem)
    return "a" if telling and telling[-1] in "aou" else "ä"


def _local_endings(stem: str) -> list[str]:
    a = _back_vowel(stem)
    return [f"ss{a}", f"st{a}", f"ll{a}", f"lt{a}", "lle"]
