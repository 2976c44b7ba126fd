"""The PDF beside each deck: the same slides, converted by LibreOffice, its tags mended."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf

OPTIONS = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportNotesPages": {"type": "boolean", "value": "false"},
    "Quality": {"type": "long", "value": "92"},
}


def convert(decks: list[Path], folder: Path) -> None:
    """Write a PDF of each deck into the folder.

    Raises FileNotFoundError when LibreOffice is not installed.
    """
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice: install LibreOffice Impress and the font Carlito")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                f"pdf:impress_pdf_Export:{json.dumps(OPTIONS)}",
                "--outdir",
                str(folder),
                *map(str, decks),
            ],
            check=True,
            capture_output=True,
        )
    for deck in decks:
        target = folder / f"{deck.stem}.pdf"
        settle_pdf(target)
        mend_tags(target, "fi-FI" if deck.stem.endswith(".fi") else "sv-FI")


def settle_pdf(path: Path) -> None:
    """Overwrite the moment of making, keeping every length."""
    data = path.read_bytes()
    data = re.sub(rb"\(D:\d{14}([^)]*)\)", lambda m: b"(D:20260101120000" + m[1] + b")", data)
    data = re.sub(
        rb"(<xmp:(?:Create|Modify)Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
        rb"\g<1>2026-01-01T12:00:00",
        data,
    )
    path.write_bytes(data)


def is_ornament(element: pikepdf.Dictionary) -> bool:
    """Tell whether a structure element is a drawing without a text instead of it."""
    return str(element.S) == "/Figure" and "/Alt" not in element


def numbers(element: pikepdf.Dictionary) -> list[int]:
    """Return the numbers of the marked content that an element without children holds."""
    kids = element.get("/K", [])
    return [int(kid) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])]


def mark_ornaments(pdf: pikepdf.Pdf, ornaments: list[pikepdf.Dictionary]) -> None:
    """Turn the content of the elements into artifacts, which screen readers pass over."""
    tree = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(tree[place]): tree[place + 1] for place in range(0, len(tree), 2)}
    for page in pdf.pages:
        drop = {
            number
            for element in ornaments
            if element.Pg.objgen == page.objgen
            for number in numbers(element)
        }
        if not drop:
            continue
        content = []
        for operands, operator in pikepdf.parse_content_stream(page):
            marked = str(operator) == "BDC" and "/MCID" in operands[1]
            if marked and int(operands[1].MCID) in drop:
                operands, operator = [pikepdf.Name.Artifact], pikepdf.Operator("BMC")
            content.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))
        listed = parents[int(page.StructParents)]
        for number in drop:
            listed[number] = None


def mend_tags(path: Path, language: str) -> None:
    """Give a converted deck what LibreOffice leaves out.

    That is the language, one document element, numbered heading levels and ornament that is
    marked as such (PDF/UA-1, ISO 14289-1, 7.1 and 7.4).
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Lang = pikepdf.String(language)
        root = pdf.Root.StructTreeRoot
        elements = list(root.K)
        mark_ornaments(pdf, [element for element in elements if is_ornament(element)])
        document = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root)
        )
        kept = [element for element in elements if not is_ornament(element)]
        level = pikepdf.Name.H1
        for element in kept:
            element.P = document
            if str(element.S) == "/H":
                element.S, level = level, pikepdf.Name.H2
                for kid in element.K:
                    kid.S = pikepdf.Name.Span
        document.K = pikepdf.Array(kept)
        root.K = document
        for random in ("/DocChecksum", "/ID"):
            if random in pdf.trailer:
                del pdf.trailer[random]
        pdf.save(
            path,
            deterministic_id=True,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
