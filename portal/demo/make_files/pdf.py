"""The PDF reports: HTML texts typeset by WeasyPrint as tagged PDF/UA-1."""

from collections.abc import Callable
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.demo.make_files import threads
from portal.demo.make_files.face import font_file

HERE = Path(__file__).parent
REPORTS = {
    "lagesbild.sv.html": "en-lagesbild-av-natverket.sv.pdf",
    "tilannekuva.fi.html": "verkoston-tilannekuva.fi.pdf",
    "tiivistelma.fi.html": "hyvinvointijohtaminen-raportin-tiivistelma.fi.pdf",
}


def cover() -> str:
    """Return the drawing on the head of a report, in tenths of a millimetre."""
    strokes = threads.cloth(
        900, 250, 760, 560, warps=15, left_to=-40, right_to=2200, sway=70, phase=0.6
    )
    return threads.as_svg(strokes, 2100, 1040)


def band() -> str:
    """Return the lower drawing on the head of a short summary, in tenths of a millimetre."""
    strokes = threads.cloth(1240, 90, 520, 200, warps=19, left_to=-40, right_to=2160, sway=26)
    return threads.as_svg(strokes, 2100, 360)


class Drawings(URLFetcher):
    """Answers ``weave:`` addresses of the style sheet with drawings made here."""

    drawn: dict[str, Callable[[], str]] = {"weave:cover": cover, "weave:band": band}

    def fetch(self, url, headers=None):
        if url in self.drawn:
            return URLFetcherResponse(
                url, self.drawn[url]().encode(), {"Content-Type": "image/svg+xml"}
            )
        return super().fetch(url, headers)


def make_reports(folder: Path) -> None:
    """Write every report as a PDF with title, language, tags and embedded fonts."""
    faces = "".join(
        f"@font-face {{ font-family: Atkinson; font-weight: {weight};"
        f" src: url({font_file(weight).as_uri()}) }}\n"
        for weight in (400, 700)
    )
    style = (HERE / "words" / "report.css").read_text(encoding="utf-8")
    for source, target in REPORTS.items():
        fonts = FontConfiguration()
        fetcher = Drawings()
        sheet = CSS(string=faces + style, font_config=fonts, url_fetcher=fetcher, base_url="weave:")
        page = HTML(HERE / "words" / source, url_fetcher=fetcher, encoding="utf-8")
        page.write_pdf(
            folder / target, stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
        )
