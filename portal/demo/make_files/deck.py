"""The slide decks: native, editable shapes on layouts drawn here, with notes and alt texts."""

import copy
import tomllib
from pathlib import Path

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from portal.demo.make_files import threads
from portal.demo.make_files.office_zip import settle, sign
from projects.motifs import COLOURS, THREADS

WORDS = Path(__file__).parent / "words"
DECKS = {
    "valfardsledning.sv.toml": "valfardsledning-bilder.sv.pptx",
    "hyvinvointijohtaminen.fi.toml": "hyvinvointijohtaminen-diat.fi.pptx",
    "prognostisering.sv.toml": "prognostisering-bilder.sv.pptx",
    "ennakointi.fi.toml": "ennakointi-diat.fi.pptx",
}
OPENING, POINTS, TITLE_ONLY = 0, 1, 5  # places in python-pptx's own template
WIDE, HIGH = 13.333, 7.5  # inches
LEFT, MEASURE = 0.8, 11.7  # inches
FACE = "Calibri"  # every office program has it or a face of the same widths
DECORATIVE = (
    '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
)


def rgb(colour: str) -> RGBColor:
    """Return a ``#rrggbb`` colour in the form that python-pptx takes."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def decorative(shape) -> None:
    """Mark a shape as ornament, which a screen reader passes over."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", "")
    extensions = etree.SubElement(properties, qn("a:extLst"))
    extensions.append(etree.fromstring(DECORATIVE))


def describe(shape, name: str, text: str = "") -> None:
    """Give a shape a name for the selection pane and a text instead of the picture."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", text)


def draw(shapes, strokes: list[threads.Thread], name: str):
    """Draw strokes, given in inches, as one decorative group of ribbons."""
    group = shapes.add_group_shape()
    for thread in strokes:
        outline = [(Inches(x), Inches(y)) for x, y in threads.ribbon(thread)]
        builder = group.shapes.build_freeform(*outline[0], scale=1.0)
        builder.add_line_segments(outline[1:], close=True)
        shape = builder.convert_to_shape()
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(thread.colour)
        shape.line.fill.background()
        plain(shape)
        decorative(shape)
    group.name = name
    decorative(group)
    return group


def plain(shape) -> None:
    """Take away the theme's shadow and bevel."""
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)


def place(shape, left: float, top: float, width: float, height: float) -> None:
    """Put a shape at a place given in inches."""
    shape.left, shape.top = Inches(left), Inches(top)
    shape.width, shape.height = Inches(width), Inches(height)


def set_theme(presentation, language: str) -> None:
    """Give the template our colours, face, sizes and language."""
    master = presentation.slide_master
    theme_part = next(
        rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    theme = etree.fromstring(theme_part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    palette = {
        "dk1": threads.INK, "lt1": threads.PAPER, "dk2": threads.SOFT_INK, "lt2": threads.BIRCH,
        "accent1": threads.SPRUCE, "accent2": threads.LAKE, "accent3": threads.CLOUDBERRY,
        "accent4": threads.LINGONBERRY, "accent5": threads.BARK, "accent6": threads.SOFT_INK,
        "hlink": threads.LAKE, "folHlink": threads.LINGONBERRY,
    }  # fmt: skip
    for name, colour in palette.items():
        (slot,) = theme.xpath(f"//a:clrScheme/a:{name}", namespaces=space)
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr"), val=colour.removeprefix("#"))
    for latin in theme.xpath("//a:fontScheme/*/a:latin", namespaces=space):
        latin.set("typeface", FACE)
    theme_part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8")
    for properties in master._element.iter(qn("a:defRPr")):
        properties.set("lang", language)
    title = master._element.xpath(".//p:titleStyle/a:lvl1pPr")[0]
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "3600")
    title.find(qn("a:defRPr")).set("b", "1")
    body = master._element.xpath(".//p:bodyStyle/a:lvl1pPr")[0]
    body.find(qn("a:defRPr")).set("sz", "2400")
    body.set("marL", str(Inches(0.38)))
    body.set("indent", str(-Inches(0.38)))
    before = body.find(qn("a:spcBef"))
    before.clear()
    etree.SubElement(before, qn("a:spcPts"), val="1400")
    mark = body.find(qn("a:buChar"))
    mark.set("char", "–")
    body.find(qn("a:buFont")).set("typeface", FACE)
    tint = etree.Element(qn("a:buClr"))
    etree.SubElement(tint, qn("a:schemeClr"), val="accent1")
    body.find(qn("a:buFont")).addprevious(tint)


def drop_layouts(presentation, keep: tuple[int, ...]) -> None:
    """Remove the layouts that the decks do not use."""
    layouts = presentation.slide_layouts
    for index, layout in reversed(list(enumerate(layouts))):
        if index not in keep:
            layouts.remove(layout)


def set_places(holder, *, title: tuple, body: tuple | None = None) -> None:
    """Move title, body, footer, date and number of a master or layout to their places."""
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type
        name = str(kind).split(".")[-1].split(" ")[0]
        if name in ("TITLE", "CENTER_TITLE"):
            place(shape, *title)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        elif name in ("BODY", "OBJECT", "SUBTITLE"):
            if body:
                place(shape, *body)
        elif name == "FOOTER":
            place(shape, LEFT, 6.86, 8.5, 0.36)
        elif name == "SLIDE_NUMBER":
            place(shape, WIDE - 1.8, 6.86, 1.0, 0.36)
        elif name == "DATE":
            shape._element.getparent().remove(shape._element)
    for shape in holder.placeholders:
        name = str(shape.placeholder_format.type).split(".")[-1].split(" ")[0]
        if name in ("FOOTER", "SLIDE_NUMBER"):
            for properties in shape._element.iter(qn("a:lvl1pPr")):
                properties.set("algn", "l" if name == "FOOTER" else "r")
                size = properties.find(qn("a:defRPr"))
                size.set("sz", "1300")
                for fill in list(size):
                    size.remove(fill)
                paint = etree.SubElement(size, qn("a:solidFill"))
                etree.SubElement(paint, qn("a:schemeClr"), val="tx2")


def draw_on(layout, strokes: list[threads.Thread], name: str) -> None:
    """Draw on a layout by way of a slide, since python-pptx adds shapes to slides only."""
    presentation = layout.part.package.presentation_part.presentation
    slide = presentation.slides.add_slide(layout)
    element = draw(slide.shapes, strokes, name)._element
    layout.shapes._spTree.insert(2, copy.deepcopy(element))
    listed = presentation.slides._sldIdLst
    presentation.part.drop_rel(listed[-1].rId)
    listed.remove(listed[-1])


def template(words: dict):
    """Return an empty wide presentation with three named layouts."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(HIGH)
    set_theme(presentation, words["language"])
    drop_layouts(presentation, (OPENING, POINTS, TITLE_ONLY))
    master = presentation.slide_master
    ground = etree.fromstring(
        '<p:bg xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    for old in master._element.cSld.findall(qn("p:bg")):
        master._element.cSld.remove(old)
    master._element.cSld.insert(0, ground)
    title, body = (LEFT, 0.72, MEASURE, 0.85), (LEFT, 1.85, MEASURE, 4.7)
    set_places(master, title=title, body=body)
    opening, points, title_only = presentation.slide_layouts
    set_places(opening, title=(LEFT, 3.5, 11.7, 1.6), body=(LEFT, 5.15, 11.7, 0.62))
    set_places(points, title=title, body=body)
    set_places(title_only, title=title)
    for layout, name in zip(presentation.slide_layouts, words["layout_names"], strict=True):
        layout.name = name
    sub = next(s for s in opening.placeholders if s.placeholder_format.idx == 1)
    for properties in sub._element.iter(qn("a:lvl1pPr")):
        properties.set("algn", "l")
        properties.find(qn("a:defRPr")).set("sz", "2400")
        for fill in properties.find(qn("a:defRPr")).findall(qn("a:solidFill")):
            properties.find(qn("a:defRPr")).remove(fill)
    big = next(s for s in opening.placeholders if s.placeholder_format.idx == 0)
    style = big._element.txBody.find(qn("a:lstStyle"))
    first = etree.SubElement(style, qn("a:lvl1pPr"), algn="l")
    etree.SubElement(first, qn("a:defRPr"), sz="4400", b="1")
    draw_on(
        opening,
        threads.cloth(
            7.2, 0.5, 3.9, 2.4, warps=13, left_to=-0.1, right_to=13.43, sway=0.24, fan=0.12
        ),
        "weave",
    )
    edge = threads.cloth(
        11.1, 0.16, 1.1, 0.4, warps=9, left_to=-0.1, right_to=13.43, sway=0.05, fan=0.1
    )
    for layout in (points, title_only):
        draw_on(layout, edge, "weave")
    return presentation


def write(frame, text: str, *, size: float, bold: bool = False, colour: str = threads.INK) -> None:
    """Put one paragraph per line of text into a frame."""
    frame.word_wrap = True
    for index, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(colour)


def label(slide, box: tuple, text: str, name: str, **style):
    """Add a text box at a place given in inches and return it."""
    shape = slide.shapes.add_textbox(*(Inches(value) for value in box))
    shape.name = name
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    align = style.pop("align", PP_ALIGN.LEFT)
    write(frame, text, **style)
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
    return shape


def block(slide, box: tuple, colour: str, name: str):
    """Add a plain filled rectangle at a place given in inches and return it."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(value) for value in box))
    shape.name = name
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    plain(shape)
    return shape


def fill_body(slide, points: list[str], *, numbered: bool = False, size: float | None = None):
    """Write the points into the slide's body placeholder, as a real list."""
    frame = slide.placeholders[1].text_frame
    for index, point in enumerate(points):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = point
        if size:
            run.font.size = Pt(size)
        if numbered:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(Inches(0.6)))
            properties.set("indent", str(-Inches(0.6)))
            etree.SubElement(properties, qn("a:buFont"), typeface="+mj-lt")
            etree.SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod")


def draw_progress(slide, part: float) -> None:
    """Draw the cloth as far as the talk has come (0–1), from the right-hand edge inwards."""
    warps = 8
    woven = round(part * warps) / warps
    strokes = threads.cloth(
        1.0, 2.2, 2.6, 3.6, warps=warps, left_to=-0.1, woven=woven, sway=0.12, fan=0.1
    )
    draw(slide.shapes, threads.mirrored(strokes, WIDE / 2), "weave")


def opening(slide, words: dict) -> None:
    """The first slide: name, what it is for, and that it is an example."""
    slide.placeholders[1].text_frame.text = words["lead"]
    label(
        slide, (LEFT + 0.1, 6.55, 11.0, 0.4), words["note"], "example", size=16, colour=threads.MARK
    )


def points(slide, words: dict) -> None:
    """A list beside a cloth that is woven further on every slide."""
    place(slide.placeholders[1], LEFT, 1.85, 8.2, 4.7)
    long = sum(map(len, words["points"])) > 330
    fill_body(slide, words["points"], size=22 if long else 26)
    draw_progress(slide, words["progress"])


def findings(slide, words: dict) -> None:
    """A numbered list beside the numbered drawing."""
    place(slide.placeholders[1], LEFT, 1.85, 6.6, 4.8)
    fill_body(slide, words["points"], numbered=True, size=22)
    picture = slide.shapes.add_picture(
        str(words["folder"] / f"{words['figure']}.png"),
        Inches(7.85), Inches(1.95), width=Inches(5.05),
    )  # fmt: skip
    describe(picture, words["figure"], words["figure_text"])


def steps(slide, words: dict) -> None:
    """Numbered steps, beside the same cloth as the lists."""
    place(slide.placeholders[1], LEFT, 1.85, 8.2, 4.7)
    fill_body(slide, words["points"], numbered=True, size=26)
    draw_progress(slide, words["progress"])


def cards(slide, words: dict) -> None:
    """Two cards side by side, each with a heading and a few words."""
    for index, card in enumerate(words["cards"]):
        left = LEFT + 0.1 + index * 5.85
        colour = COLOURS[card["colour"]]
        decorative(block(slide, (left, 1.95, 5.55, 4.0), threads.BIRCH, "card"))
        strokes = threads.cloth(
            left + 0.45, 2.02, 4.65, 0.42, warps=21, colours=(colour, colour),
            left_to=left, right_to=left + 5.55, fan=0,
            ground=threads.BIRCH, warp_colour=threads.PAPER,
        )  # fmt: skip
        draw(slide.shapes, strokes, "thread")
        label(slide, (left + 0.4, 2.85, 4.8, 0.6), card["head"], card["head"], size=28, bold=True)
        long = len(card["text"]) > 80
        label(slide, (left + 0.4, 3.5, 4.8, 2.3), card["text"], "text", size=24 if long else 32)


def calendar(slide, words: dict) -> None:
    """A table of dates with a heading row."""
    rows = words["rows"]
    frame = slide.shapes.add_table(
        len(rows) + 1, 3, Inches(LEFT), Inches(1.85), Inches(MEASURE), Inches(4.55)
    )
    frame.name = words["title"]
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    table.horz_banding = False
    for column, width in zip(table.columns, (2.75, 1.6, 7.35), strict=True):
        column.width = Inches(width)
    for row_number, row in enumerate([words["head"], *rows]):
        for column_number, text in enumerate(row):
            cell = table.cell(row_number, column_number)
            cell.margin_left = Inches(0.05)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            heading = row_number == 0 or column_number == 0
            write(cell.text_frame, text, size=16 if row_number == 0 else 20, bold=heading)
            properties = cell._tc.get_or_add_tcPr()
            edge = etree.SubElement(
                properties, qn("a:lnB"), w=str(Pt(2 if row_number == 0 else 1)), cap="flat"
            )
            paint = etree.SubElement(edge, qn("a:solidFill"))
            shade = threads.INK if row_number == 0 else threads.BARK
            etree.SubElement(paint, qn("a:srgbClr"), val=shade.removeprefix("#"))


def scenarios(slide, words: dict) -> None:
    """Two axes and four fields named after them; the fields come in reading order."""
    left, top, width, height = 2.75, 1.75, 4.65, 2.0
    axis_x, axis_y = left + width + 0.11, top + height + 0.11
    name, low, high = words["upward"]
    label(slide, (LEFT + 0.1, top, 1.65, 0.4), high, "high", size=18, bold=True)
    label(slide, (LEFT + 0.1, axis_y - 0.5, 1.65, 1.1), name, "upward", size=18)
    label(slide, (LEFT + 0.1, top + 2 * height - 0.1, 1.65, 0.4), low, "low", size=18, bold=True)
    for index, text in enumerate(words["fields"]):
        x = left + (index % 2) * (width + 0.22)
        y = top + (index // 2) * (height + 0.22)
        shape = block(slide, (x, y, width, height), threads.BIRCH, f"{index + 1}")
        frame = shape.text_frame
        frame.margin_left = Inches(0.5)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        write(frame, f"{index + 1}", size=28, bold=True)
        first, second = text.split("\n")
        for line in (first, second):
            paragraph = frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            run.font.size = Pt(22)
            run.font.color.rgb = rgb(threads.INK)
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
        decorative(block(slide, (x, y, 0.16, height), COLOURS[THREADS[index]], "thread"))
    bottom = top + 2 * height + 0.32
    name, low, high = words["across"]
    label(slide, (left, bottom, 2.6, 0.35), low, "indifferent", size=18, bold=True)
    label(
        slide, (left + 2.6, bottom, 2 * width + 0.22 - 5.2, 0.35), name, "across",
        size=18, align=PP_ALIGN.CENTER,
    )  # fmt: skip
    label(
        slide, (left + 2 * width + 0.22 - 2.6, bottom, 2.6, 0.35), high, "active",
        size=18, bold=True, align=PP_ALIGN.RIGHT,
    )  # fmt: skip
    for box in (
        (axis_x - 0.02, top - 0.05, 0.04, 2 * height + 0.32),
        (left - 0.05, axis_y - 0.02, 2 * width + 0.32, 0.04),
    ):
        decorative(block(slide, box, threads.INK, "axis"))


KINDS = {
    "opening": (0, opening),
    "points": (1, points),
    "findings": (1, findings),
    "steps": (1, steps),
    "cards": (2, cards),
    "calendar": (2, calendar),
    "scenarios": (2, scenarios),
}


def add_foot(slide, footer: str) -> None:
    """Copy footer and slide number from the layout, which python-pptx leaves out."""
    for holder in slide.slide_layout.placeholders:
        kind = str(holder.placeholder_format.type)
        if not kind.startswith(("FOOTER", "SLIDE_NUMBER")):
            continue
        element = copy.deepcopy(holder._element)
        slide.shapes._spTree.append(element)
        for properties in element.xpath(".//p:cNvPr"):
            properties.set("id", str(1000 + holder.placeholder_format.idx))
        if kind.startswith("FOOTER"):
            (shape,) = (s for s in slide.placeholders if s._element is element)
            shape.text_frame.text = footer


def set_language(element, language: str) -> None:
    """Write the language on every run, field and paragraph end."""
    for tag in ("a:r", "a:fld"):
        for run in element.iter(qn(tag)):
            properties = run.find(qn("a:rPr"))
            if properties is None:
                properties = etree.Element(qn("a:rPr"))
                run.insert(0, properties)
            properties.set("lang", language)
    for end in element.iter(qn("a:endParaRPr")):
        end.set("lang", language)


def make_deck(source: Path, folder: Path, texts: dict) -> Path:
    """Write one deck from its words and return the file."""
    words = tomllib.loads(source.read_text(encoding="utf-8"))
    language = words["language"]
    presentation = template(words)
    last = len(words["slides"]) - 1
    for number, slide_words in enumerate(words["slides"]):
        slide_words["progress"] = number / last
        layout, build = KINDS[slide_words["kind"]]
        slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
        slide.shapes.title.text_frame.text = slide_words["title"]
        if "figure" in slide_words:
            alt = texts[slide_words["figure"]][f"alt_{language[:2]}"]
            slide_words |= {"folder": folder, "figure_text": alt}
        build(slide, slide_words)
        if slide_words["kind"] != "opening":
            add_foot(slide, words["footer"])
        slide.notes_slide.notes_text_frame.text = slide_words["notes"]
        set_language(slide._element, language)
        set_language(slide.notes_slide._element, language)
    sign(
        presentation.core_properties,
        title=words["title"],
        subject=words["subject"],
        language=language,
        author=words["author"],
    )
    target = folder / DECKS[source.name]
    presentation.save(target)
    settle(target)
    return target


def make_decks(folder: Path, texts: dict) -> list[Path]:
    """Write every deck; ``texts`` holds the alt texts of the figures by their name."""
    return [make_deck(WORDS / source, folder, texts) for source in DECKS]
