"""Decks, documents and PDF files made in code, for tests of what is read of them."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

MAIN = {
    "pptx": "presentationml.presentation.main+xml",
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
}
A4 = (595, 842)  # points
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(
    *pages: Sequence[tuple[float, str]],
    box: tuple[float, float] = A4,
    catalogue: bytes = b"",
    objects: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A PDF without tags: each page a list of lines as (size in points, text).

    `catalogue` and `trailer` are written into those dictionaries; `objects` follow the pages, the
    first of them is number `3 + 2 * len(pages)`.
    """
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    made = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for place, lines in enumerate(pages):
        content, height = b"BT ", box[1] - 60.0
        for size, text in lines:
            written = text.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
            content += f"/F1 {size} Tf 1 0 0 1 60 {height} Tm (".encode() + written + b") Tj "
            height -= size * 1.2 if text else 20
        content += b"ET"
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] "
            f"/Contents {5 + 2 * place} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        made += [page.encode(), stream(content)]
    return _file([*made, *objects], trailer)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object's inside."""
    head = f"<< /Length {len(content)} ".encode() + entries + b" >>\nstream\n"
    return head + content + b"\nendstream"


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    data, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, inside in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + inside + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    return (
        data
        + f"xref\n0 {size}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer\n<< /Size {size} /Root 1 0 R ".encode()
        + trailer
        + f" >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
    )


def pptx() -> bytes:
    """A deck of two shown slides and a hidden one, with a list, a table, a picture and notes."""
    from PIL import Image
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Vårt välfärdsarbete"
    frame = slide.placeholders[1].text_frame
    frame.text = "Skolan & biblioteket"
    for text, level in (("Läsning <för alla>", 1), ("Motion", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    slide.notes_slide.notes_text_frame.text = "Fråga först.\nLyssna sedan."
    other = deck.slides.add_slide(deck.slide_layouts[6])
    table = other.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for place, text in enumerate(("År", "Kommuner", "2018", "26")):
        table.cell(place // 2, place % 2).text = text
    picture = BytesIO()
    Image.new("RGB", (8, 8), "#2f7a57").save(picture, "PNG")
    shape = other.shapes.add_picture(picture, Inches(1), Inches(3))
    shape._element.nvPicPr.cNvPr.set("descr", "En grön ruta.")
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Bara för mig"
    hidden._element.set("show", "0")
    return _saved(deck)


def docx() -> bytes:
    """A document with headings, lists in two steps and a table."""
    import docx as library

    document = library.Document()
    document.add_heading("Plan för välfärd", 1)
    document.add_paragraph("Kommunen främjar invånarnas välfärd.")
    document.add_heading("Mål", 2)
    document.add_paragraph("Delaktighet", style="List Bullet")
    document.add_paragraph("Ungdomsråd", style="List Bullet 2")
    document.add_paragraph("Först en enkät", style="List Number")
    table = document.add_table(2, 2)
    for place, text in enumerate(("Mål", "Mått", "Rörelse", "Steg")):
        table.cell(place // 2, place % 2).text = text
    return _saved(document)


def xlsx() -> bytes:
    """The parts that make a package a workbook."""
    types = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.{MAIN["xlsx"]}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>"})


def _saved(made: object) -> bytes:
    stored = BytesIO()
    made.save(stored)
    return stored.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A package of the parts."""
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stored.getvalue()


def changed(package: bytes, parts: dict[str, str | bytes]) -> bytes:
    """A package with some of its parts replaced or added."""
    with zipfile.ZipFile(BytesIO(package)) as opened:
        kept = {name: opened.read(name) for name in opened.namelist()}
    return zipped({**kept, **parts})


def part(package: bytes, name: str) -> str:
    """The text of one part."""
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return opened.read(name).decode()


def external(kind: str, target: str) -> str:
    """The relations of a part, of which one leads out of the document."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}"><Relationship '
        f'Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )
