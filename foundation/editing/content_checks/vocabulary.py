"""The words by which findings are found, in both languages."""

# Words of which a link text may not consist alone.
HOLLOW = {
    "sv": {
        *("här", "hit", "härifrån", "denna", "detta", "den", "det", "sida", "sidan", "länk"),
        *("länken", "länkar", "klicka", "tryck", "gå", "läs", "se", "titta", "mer", "mera"),
        *("vidare", "fler", "fortsätt", "ladda", "ner", "ned", "hämta", "öppna", "nedan", "ovan"),
        *("om", "på", "till", "via", "och", "info", "information", "upplysningar", "närmare"),
        *("ytterligare", "visa", "filen", "fil", "dokumentet", "webbplatsen", "webbsidan"),
    },
    "fi": {
        *("tästä", "tässä", "tähän", "täältä", "täällä", "tänne", "tämä", "tämän", "tätä"),
        *("linkki", "linkin", "linkistä", "linkit", "klikkaa", "paina", "napsauta", "siirry"),
        *("lue", "katso", "lisää", "lisätietoa", "lisätietoja", "lisätiedot", "tietoa", "info"),
        *("lataa", "avaa", "jatka", "lukemista", "alla", "yllä", "sivu", "sivulta", "sivulle"),
        *("sivustolta", "tiedosto", "ja", "myös", "näytä", "enemmän", "aiheesta"),
    },
}

MONTHS = {
    "sv": ("januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"),
    "fi": (
        "(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu"
        "(?:ta|n|ssa|sta|hun)?"
    ),
}

# Words that say when only for those who read on the day they were written.
SEEN_FROM_TODAY = {
    "sv": (
        r"i (?:våras|somras|höstas|vintras|fjol|år)|förra (?:året|hösten|våren|veckan|månaden)"
        r"|nästa (?:år|höst|vår|vecka|månad)|(?:detta|under) året|i (?:vår|höst|sommar|vinter)"
    ),
    "fi": (
        r"(?:viime|tänä|ensi) (?:vuonna|keväänä|kesänä|syksynä|talvena)|(?:viime|tässä|ensi) kuussa"
        r"|(?:viime|tällä|ensi) viikolla|(?:kuluvana|kuluneena) vuonna|vuoden aikana"
    ),
}

# A dot after one of these ends no sentence.
SHORTENED = {
    "sv": {"t.ex", "bl.a", "m.m", "o.d", "osv", "dvs", "d.v.s", "s.k", "kl", "ca", "nr", "jfr"},
    "fi": {"esim", "mm", "ym", "yms", "jne", "ns", "eli", "klo", "nro", "vrt", "ks", "n", "tms"},
}

# Words in a sentence from which on it is long: Finnish says the same in fewer of them.
MOST_WORDS = {"sv": 30, "fi": 22}

# Short forms that every reader of public texts knows by sight.
KNOWN_BY_SIGHT = {
    *("EU", "FN", "YK", "WHO", "USA", "NATO", "TV", "IT", "AI", "OK", "PS", "OBS", "PDF", "CSV"),
    *("XLSX", "ZIP", "CD", "DVD", "USB", "QR", "SMS", "GPS", "HTML", "RSS", "ISBN", "ISSN", "DOI"),
    *("CC", "BY", "SA", "NC", "ND", "AB", "OY", "RF", "RY", "EN", "ISO", "SFS"),
}

# Authorities that texts about municipalities name; organisations and terms of the portal's own
# come from the database.
AUTHORITIES = {
    "sv": {
        "SHM": "social- och hälsovårdsministeriet",
        "FM": "finansministeriet",
        "UKM": "undervisnings- och kulturministeriet",
        "MM": "miljöministeriet",
        "ANM": "arbets- och näringsministeriet",
        "THL": "Institutet för hälsa och välfärd",
        "FPA": "Folkpensionsanstalten",
        "NTM": "närings-, trafik- och miljöcentralen",
    },
    "fi": {
        "STM": "sosiaali- ja terveysministeriö",
        "VM": "valtiovarainministeriö",
        "OKM": "opetus- ja kulttuuriministeriö",
        "YM": "ympäristöministeriö",
        "TEM": "työ- ja elinkeinoministeriö",
        "THL": "Terveyden ja hyvinvoinnin laitos",
        "ELY": "elinkeino-, liikenne- ja ympäristökeskus",
        "AVI": "aluehallintovirasto",
    },
}
