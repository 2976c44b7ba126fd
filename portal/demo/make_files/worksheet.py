"""The worksheet for signals of change: one page in Swedish, one in Finnish."""

import io
import tomllib
from pathlib import Path

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from portal.demo.make_files import figures, threads
from portal.demo.make_files.deck import DECORATIVE, FACE
from portal.demo.make_files.office_zip import settle, sign

WORDS = Path(__file__).parent / "words" / "arbetsblad.svfi.toml"
TARGET = "arbetsblad-signaler.svfi.docx"
COLUMNS_CM = (6.4, 4.4, 6.2)
EMPTY_ROWS = 5


def rgb(colour: str) -> RGBColor:
    """Return a ``#rrggbb`` colour in the form that python-docx takes."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def set_styles(document) -> None:
    """Give the standard styles our face, sizes and colours."""
    sizes = {"Normal": 12, "Heading 1": 26, "Heading 2": 15, "List Number": 12}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        style.font.color.rgb = rgb(threads.INK)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), FACE)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    for name, before, after in (("Heading 1", 0, 4), ("Heading 2", 10, 3)):
        document.styles[name].font.bold = True
        layout = document.styles[name].paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
    document.styles["List Number"].paragraph_format.space_after = Pt(3)


def set_default_language(document, language: str) -> None:
    """Write the language that holds where a run says nothing."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    mark = properties.find(qn("w:lang"))
    if mark is None:
        mark = etree.SubElement(properties, qn("w:lang"))
    mark.set(qn("w:val"), language)


def mark_language(paragraph, language: str) -> None:
    """Write the language on every run and on the paragraph mark."""
    holders = [run._r.get_or_add_rPr() for run in paragraph.runs]
    paragraph_properties = paragraph._p.get_or_add_pPr()
    mark_properties = paragraph_properties.find(qn("w:rPr"))
    if mark_properties is None:
        mark_properties = etree.SubElement(paragraph_properties, qn("w:rPr"))
    holders.append(mark_properties)
    for properties in holders:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), language)
        properties.append(mark)


def new_numbering(document) -> int:
    """Return a new list that counts from one, with the numbers of "List Number"."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    style = document.styles["List Number"].element
    linked = style.find(qn("w:pPr")).find(qn("w:numPr")).find(qn("w:numId"))
    abstract = numbering.num_having_numId(linked.val).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return number.numId


def add_band(document) -> None:
    """Put the woven band at the head of a page, as ornament."""
    picture = io.BytesIO()
    figures.band().quantize(64).save(picture, "PNG", optimize=True)
    picture.seek(0)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    inline = paragraph.add_run().add_picture(picture, width=Cm(17))
    properties = inline._inline.docPr
    properties.set("descr", "")
    extensions = etree.SubElement(properties, qn("a:extLst"))
    extensions.append(etree.fromstring(DECORATIVE))


def add_table(document, words: dict) -> None:
    """Add the table to be filled in, with a heading row that repeats."""
    table = document.add_table(rows=1 + EMPTY_ROWS, cols=len(COLUMNS_CM))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS_CM, strict=True):
        column.width = Cm(width)
    for tag, text in (("w:tblCaption", words["table"]), ("w:tblDescription", words["table_hint"])):
        mark = OxmlElement(tag)
        mark.set(qn("w:val"), text)
        table._tbl.tblPr.append(mark)
    for row_number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        tags = ["w:cantSplit", "w:tblHeader"] if row_number == 0 else ["w:cantSplit"]
        properties.extend(OxmlElement(tag) for tag in tags)
        row.height = Cm(0.9 if row_number == 0 else 2.35)
        for cell, width in zip(row.cells, COLUMNS_CM, strict=True):
            cell.width = Cm(width)
    for cell, text in zip(table.rows[0].cells, words["columns"], strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), threads.BIRCH.removeprefix("#"))
        cell._tc.get_or_add_tcPr().append(shade)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                mark_language(paragraph, words["language"])


def add_page(document, words: dict) -> None:
    """Write the page of one language."""
    first = len(document.element.body)
    add_band(document)
    example = document.add_paragraph()
    run = example.add_run(words["example"])
    run.font.size, run.font.color.rgb = Pt(10), rgb(threads.MARK)
    document.add_paragraph(words["title"], style="Heading 1")
    document.add_paragraph(words["lead"])
    document.add_paragraph(words["questions_title"], style="Heading 2")
    numbers = new_numbering(document)
    for question in words["questions"]:
        paragraph = document.add_paragraph(question, style="List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, numbers
    document.add_paragraph(words["table"], style="Heading 2")
    add_table(document, words)
    closing = document.add_paragraph(words["closing"])
    closing.paragraph_format.space_before = Pt(8)
    added = {id(element) for element in list(document.element.body)[first - 1 :]}
    for paragraph in document.paragraphs:
        if id(paragraph._p) in added:
            mark_language(paragraph, words["language"])


def make_worksheet(folder: Path) -> Path:
    """Write the bilingual worksheet as an office document."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    document = Document()
    set_styles(document)
    set_default_language(document, words["pages"][0]["language"])
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.6)
    section.footer_distance = Cm(0.8)
    for number, page in enumerate(words["pages"]):
        if number:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        add_page(document, page)
    foot = section.footer.paragraphs[0]
    for page in words["pages"]:
        if foot.runs:
            foot.add_run(" · ")
        run = foot.add_run(page["footer"])
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), page["language"])
        run._r.get_or_add_rPr().append(mark)
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(9), rgb(threads.SOFT_INK)
    sign(
        document.core_properties,
        title=words["title"],
        subject=words["subject"],
        language=words["pages"][0]["language"],
        author=words["author"],
    )
    target = folder / TARGET
    document.save(target)
    settle(target)
    return target
