"""A corpus of hostile and broken files, made in code: none of them may ever be stored.

Each is a name, its bytes and the code of the message that the editor gets.
"""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from tests import sample_files
from tests.sample_files import MAIN, changed, external, part, pdf, stream, zipped

TEXT = [(12, "Kommunen främjar invånarnas välfärd.")]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DECK = cache(sample_files.pptx)
DOCUMENT = cache(sample_files.docx)
KIND = "application/vnd.openxmlformats-officedocument."
PAGES = 1001
_TYPES = "[Content_Types].xml"
_BODY = "word/document.xml"


def _with_type(package: bytes, content_type: str, part_name: str) -> bytes:
    override = f'<Override PartName="{part_name}" ContentType="{content_type}"/></Types>'
    return changed(package, {_TYPES: part(package, _TYPES).replace("</Types>", override)})


def _body(inside: str) -> bytes:
    text = part(DOCUMENT(), _BODY)
    return changed(DOCUMENT(), {_BODY: re.sub(r"<w:body>", f"<w:body>{inside}", text)})


def _xml(head: str, *, encoding: str = "utf-8") -> bytes:
    text = re.sub(r"^<\?xml[^>]*\?>\s*", "", part(DOCUMENT(), _BODY))
    return changed(DOCUMENT(), {_BODY: (head + text).encode(encoding)})


def _laughs() -> str:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY l0 "ha">{lines}]>'


def _outside() -> str:
    return '<!DOCTYPE w:document [<!ENTITY x SYSTEM "elsewhere.txt">]>'


def _lying_about_its_size() -> bytes:
    """A part of which the list says that it is a hundredth of what it is."""
    data = bytearray(changed(DOCUMENT(), {"word/media/image9.png": b"0" * 10_000}))
    place = data.rfind(b"word/media/image9.png")
    data[place - 46 + 24 : place - 46 + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def _twice() -> bytes:
    """Two parts of the same name: one to be checked, one to be opened."""
    stored = BytesIO(DOCUMENT())
    with zipfile.ZipFile(stored, "a") as package:
        info = zipfile.ZipInfo("word/Document.xml")
        package.writestr(info, "<w:document/>")
    return stored.getvalue()


def _acting(action: bytes) -> bytes:
    return pdf(TEXT, catalogue=b"/OpenAction 6 0 R", objects=[action])


def _hidden(objects: bytes, *, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    """Objects inside a packed stream."""
    inside = b"9 0 " + objects
    packed = inside.hex().encode() + b">"
    if times := entries.count(b"/FlateDecode"):
        packed = inside
        for _time in range(times):
            packed = zlib.compress(packed)
    head = b"/Type /ObjStm /N 1 /First 4 " + entries
    return pdf(TEXT, objects=[stream(packed, head)])


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for sign in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(sign ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted_pdf(password: bytes) -> bytes:
    """An encrypted PDF (ISO 32000-1, section 7.6.3: revision 2); "" lets everybody open it."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    identity, rights = b"0123456789abcdef", -64
    owner = _rc4(hashlib.md5((b"agare" + padding)[:32]).digest()[:5], (password + padding)[:32])
    basis = (password + padding)[:32] + owner + rights.to_bytes(4, "little", signed=True)
    user = _rc4(hashlib.md5(basis + identity).digest()[:5], padding)
    trailer = (
        f"/ID [<{identity.hex()}> <{identity.hex()}>] /Encrypt << /Filter /Standard /V 1 /R 2 "
        f"/O <{owner.hex()}> /U <{user.hex()}> /P {rights} >>"
    )
    return pdf(TEXT, trailer=trailer.encode())


def _packed_zeros(length: int) -> bytes:
    return stream(zlib.compress(b"0" * length), b"/Filter /FlateDecode")


def _nested() -> bytes:
    return zipped({"inner.zip": zipped({"0": b"0" * 9_000_000})})


def _workbook_inside() -> bytes:
    return changed(sample_files.xlsx(), {"xl/embeddings/b.xlsx": sample_files.xlsx()})


def _office(name: str) -> bytes:
    """A compound file with a stream of that name."""
    return OLE + b"\x00" * 1000 + name.encode("utf-16-le") + b"\x00" * 500


# Name of the case: name of the file, its bytes, and the code of its refusal.
CORPUS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # Broken
    "an empty file": ("a.pdf", lambda: b"", "empty"),
    "half a PDF": ("a.pdf", lambda: pdf(TEXT)[:300], "broken"),
    "a PDF without pages": ("a.pdf", lambda: pdf(), "broken"),
    "a PDF of noise": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", "broken"),
    "half a deck": ("a.pptx", lambda: DECK()[:5000], "broken"),
    "a deck without its parts": (
        "a.pptx",
        lambda: zipped({_TYPES: f"<Types>{KIND}{MAIN['pptx']}</Types>"}),
        "broken",
    ),
    # Wrong names
    "a program called PDF": ("a.pdf", lambda: b"MZ\x90\x00" * 300, "other_content"),
    "a PDF called deck": ("a.pptx", lambda: pdf(TEXT), "other_content"),
    "a document called deck": ("a.pptx", DOCUMENT, "other_content"),
    "a page called PDF": ("a.pdf", lambda: b"<!doctype html><script>x()</script>", "other_content"),
    "a program": ("a.exe", lambda: b"MZ\x90\x00", "kind"),
    "a drawing with scripts": ("a.svg", lambda: b"<svg onload='x()'/>", "kind"),
    # Locked
    "a PDF with a password": ("a.pdf", lambda: encrypted_pdf(b"hemligt"), "encrypted"),
    "a PDF with restrictions": ("a.pdf", lambda: encrypted_pdf(b""), "encrypted"),
    "a document with a password": ("a.docx", lambda: _office("EncryptedPackage"), "encrypted"),
    "an old document": ("a.doc", lambda: _office("WordDocument"), "old_office"),
    # Too large
    "a page of a kilometre": ("a.pdf", lambda: pdf(TEXT, box=(3e6, 3e6)), "page_size"),
    "a page without a size": ("a.pdf", lambda: pdf(TEXT, box=(1e9, 20)), "page_size"),
    "more pages than we show": ("a.pdf", lambda: pdf(*[[]] * PAGES), "pages"),
    "a bomb in a PDF": (
        "a.pdf",
        lambda: pdf(TEXT, objects=[_packed_zeros(120_000_000)]),
        "unpacked",
    ),
    "a bomb in a document": (
        "a.docx",
        lambda: changed(DOCUMENT(), {"word/media/image9.png": b"0" * 30_000_000}),
        "unpacked",
    ),
    "a bomb of XML": ("a.docx", lambda: _body("<w:p/>" * 6_000_000), "unpacked"),
    "a bomb that lies about its size": ("a.docx", _lying_about_its_size, "broken"),
    "a bomb within a package": (
        "a.pptx",
        lambda: changed(DECK(), {"ppt/media/image9.png": _nested()}),
        "embedded",
    ),
    # XML
    "a billion laughs": ("a.docx", lambda: _xml(_laughs()), "entities"),
    "an entity from elsewhere": ("a.docx", lambda: _xml(_outside()), "entities"),
    "an entity in UTF-16": ("a.docx", lambda: _xml(_outside(), encoding="utf-16"), "entities"),
    "an entity in UTF-7": (
        "a.docx",
        lambda: _xml('<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-'),
        "entities",
    ),
    # Two kinds at once
    "a PDF that is a ZIP": ("a.pdf", lambda: pdf(TEXT) + zipped({"a": "b"}), "two_kinds"),
    "a ZIP inside a PDF": (
        "a.pdf",
        lambda: pdf(TEXT, objects=[stream(zipped({"a": "b"}))]),
        "two_kinds",
    ),
    "a PDF that is a page": ("a.pdf", lambda: b"<html><!--" + pdf(TEXT), "two_kinds"),
    "a PDF with a page behind": ("a.pdf", lambda: pdf(TEXT) + b"<html><script>", "two_kinds"),
    "a PDF with a page in its head": (
        "a.pdf",
        lambda: pdf(TEXT).replace(b"%\xe2\xe3", b"%<script>alert(1)</script>\xe2\xe3", 1),
        "two_kinds",
    ),
    "a picture that is a PDF": ("a.pdf", lambda: b"GIF89a" + pdf(TEXT), "two_kinds"),
    "a picture that is a script": ("a.csv", lambda: b"GIF89a=1;alert(1)//", "other_content"),
    "a document that is a program": ("a.docx", lambda: b"MZ\x90\x00" + DOCUMENT(), "two_kinds"),
    "a document that is a PDF": ("a.docx", lambda: pdf(TEXT) + DOCUMENT(), "two_kinds"),
    "a document with a tail": ("a.docx", lambda: DOCUMENT() + b"<script>" * 9, "two_kinds"),
    "a document with a part twice": ("a.docx", _twice, "broken"),
    "a part that climbs": (
        "a.docx",
        lambda: changed(DOCUMENT(), {"../../etc/cron.d/x": "* * * * *"}),
        "broken",
    ),
    # Code
    "a macro": ("a.pptx", lambda: changed(DECK(), {"ppt/vbaProject.bin": OLE}), "macros"),
    "a type with macros": (
        "a.pptx",
        lambda: changed(
            DECK(),
            {
                _TYPES: part(DECK(), _TYPES).replace(
                    f"{KIND}{MAIN['pptx']}",
                    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
                )
            },
        ),
        "macros",
    ),
    "a macro under another name": (
        "a.docx",
        lambda: _with_type(DOCUMENT(), "application/vnd.ms-office.vbaProject", "/word/x.bin"),
        "macros",
    ),
    "a control": (
        "a.docx",
        lambda: changed(DOCUMENT(), {"word/activeX/activeX1.xml": "<ax:ocx/>"}),
        "active",
    ),
    "a click that starts a program": (
        "a.pptx",
        lambda: changed(
            DECK(),
            {"ppt/slides/slide9.xml": '<p:sld><a:hlinkClick action="ppaction://program"/></p:sld>'},
        ),
        "active",
    ),
    "a program inside": (
        "a.pptx",
        lambda: changed(DECK(), {"ppt/media/setup.exe": b"MZ"}),
        "program",
    ),
    "a program called picture": (
        "a.pptx",
        lambda: changed(DECK(), {"ppt/media/image9.png": b"MZ\x90\x00" * 99}),
        "program",
    ),
    "an object of another program": (
        "a.pptx",
        lambda: changed(DECK(), {"ppt/embeddings/oleObject1.bin": OLE + b"\x00" * 500}),
        "embedded",
    ),
    "a workbook inside a workbook": (
        "a.docx",
        lambda: changed(
            DOCUMENT(),
            {"word/embeddings/a.xlsx": _workbook_inside()},
        ),
        "embedded",
    ),
    "a page inside a document": (
        "a.docx",
        lambda: changed(
            DOCUMENT(),
            {"word/_rels/x.xml.rels": external("aFChunk", "chunk.htm")},
        ),
        "embedded",
    ),
    # Things fetched from elsewhere
    "a template from elsewhere": (
        "a.docx",
        lambda: changed(
            DOCUMENT(),
            {
                "word/_rels/settings.xml.rels": external(
                    "attachedTemplate", "https://example.fi/t.dotm"
                )
            },
        ),
        "external",
    ),
    "a picture from elsewhere": (
        "a.pptx",
        lambda: changed(
            DECK(),
            {"ppt/slides/_rels/slide9.xml.rels": external("image", "https://example.fi/1.png")},
        ),
        "external",
    ),
    "a link that is a script": (
        "a.pptx",
        lambda: changed(
            DECK(), {"ppt/slides/_rels/slide9.xml.rels": external("hyperlink", "javascript:x()")}
        ),
        "active",
    ),
    "a field that starts a program": (
        "a.docx",
        lambda: _body(
            "<w:p><w:r><w:instrText> DDE</w:instrText></w:r>"
            "<w:r><w:instrText>AUTO c:\\\\\\\\cmd.exe</w:instrText></w:r></w:p>"
        ),
        "external",
    ),
    "figures from another program": (
        "a.xlsx",
        lambda: changed(
            sample_files.xlsx(),
            {"xl/externalLinks/externalLink1.xml": '<x><ddeLink ddeService="cmd"/></x>'},
        ),
        "external",
    ),
    "a table that starts a program": (
        "a.csv",
        lambda: "år;värde\n2019;=cmd|' /C calc'!A0\n".encode(),
        "formulas",
    ),
    # Actions of a PDF
    "a script": (
        "a.pdf",
        lambda: _acting(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        "active",
    ),
    "a script in other letters": ("a.pdf", lambda: _acting(b"<< /S /J#61vaScr#69pt >>"), "active"),
    "a script in a packed stream": ("a.pdf", lambda: _hidden(b"<< /S /JavaScript >>"), "active"),
    "a script packed in an odd way": (
        "a.pdf",
        lambda: _hidden(b"<< /S /JavaScript >>", entries=b"/Filter /ASCIIHexDecode"),
        "active",
    ),
    "a script packed twice": (
        "a.pdf",
        lambda: _hidden(b"<< /S /JavaScript >>", entries=b"/Filter [/FlateDecode /FlateDecode]"),
        "active",
    ),
    "a command": ("a.pdf", lambda: _acting(b"<< /S /Launch /F (cmd.exe) >>"), "active"),
    "a form that is sent": ("a.pdf", lambda: _acting(b"<< /S /SubmitForm /F (x) >>"), "active"),
    "a way into another file": ("a.pdf", lambda: _acting(b"<< /S /GoToR /F (//x/y) >>"), "active"),
    "a file inside a PDF": (
        "a.pdf",
        lambda: pdf(
            TEXT,
            catalogue=b"/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>",
            objects=[
                b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>",
                stream(b"MZ", b"/Type /EmbeddedFile"),
            ],
        ),
        "embedded",
    ),
}
