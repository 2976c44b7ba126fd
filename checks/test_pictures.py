"""A picture of every kind of page in every dress, and which of them no longer look as approved."""

from io import BytesIO

from PIL import Image, ImageDraw

from checks.conftest import Visit
from checks.crawl import IS_SHORT, WIDTHS, Template
from checks.pictures import VISIBLE, approved, difference, print_of
from checks.test_accessibility import SCHEMES
from run import LOCAL

FOLDER = LOCAL / "screenshots"
PHOTOGRAPHED = SCHEMES[:1] if IS_SHORT else SCHEMES


def drawn(*boxes: tuple[int, int, int, int]) -> bytes:
    picture = Image.new("RGB", (360, 1800), "white")
    for box in boxes:
        ImageDraw.Draw(picture).rectangle(box, fill="black")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_prints_differ_as_eyes_see_it() -> None:
    headline, date = (20, 20, 340, 220), (20, 900, 80, 912)
    assert difference(print_of(drawn(headline)), print_of(drawn(headline))) == 0
    assert difference(print_of(drawn(headline)), print_of(drawn(headline, date))) < VISIBLE
    assert difference(print_of(drawn(headline)), print_of(drawn())) > VISIBLE


def test_page_is_photographed(visit: Visit, template: Template, record_property) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = visit(reduced_motion="reduce")
    # The font is optional: it is surely there at the second look.
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.reload(wait_until="networkidle")
    lazy = page.locator("[loading=lazy]")
    lazy.evaluate_all("found => found.forEach(one => { one.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    prints, known, changed = {}, approved(), []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in PHOTOGRAPHED:
            page.emulate_media(color_scheme=scheme)
            name = f"{template}-{width}-{scheme}"
            png = page.screenshot(full_page=True, path=FOLDER / f"{name}.png")
            prints[name] = print_of(png)
            if name not in known:
                changed.append(f"{name}: new")
            elif (far := difference(known[name], prints[name])) > VISIBLE:
                changed.append(f"{name}: {'longer or shorter' if far == 1 else f'{far:.1%}'}")
    assert len(prints) == len(WIDTHS) * len(PHOTOGRAPHED)
    # A change is for a person to look at, no mistake in itself.
    record_property("prints", prints)
    record_property("changed", changed)
