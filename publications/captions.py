"""Captions (WebVTT): what a file of them must be before it is shown, and the text it reads as."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

MAX_BYTES = 2_000_000  # a day of speech
_SLACK = 2_000  # ms that captions may outlast their video: its length is kept in whole seconds
_PAUSE = 2_000  # ms of silence after which a new paragraph begins
_PARAGRAPH = 500  # signs after which a paragraph ends with its sentence

# WebVTT, section 4.2.2: the spans that a cue's text may have, and times inside it.
_TAG = re.compile(r"<([^<>]*)>?")
_KNOWN_TAG = re.compile(
    r"/?(?:c|i|b|u|v|ruby|rt|lang)(?:\.[\w.-]+)?(?:[ \t][^<>]*)?|(?:\d{2,}:)?\d\d:\d\d\.\d{3}"
)
_VOICE = re.compile(r"<v(?:\.[\w.-]+)*[ \t]+([^<>]+)>")
_CLOCK = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
_ENDS_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*$")


@dataclass(frozen=True)
class Cue:
    """One caption: when it is shown, in milliseconds, where it stands in the file, and its text."""

    start: int
    end: int
    line: int  # of the file, counted from 1, on which its times stand
    text: str  # as it is written, with its tags


def validate_captions(file: Any) -> None:
    """Refuse captions that no player can show, or that hold more than captions.

    Raises ValidationError, which names the line. Other files than VTT, and stored ones, pass.
    """
    is_vtt = PurePosixPath(file.name or "").suffix.lower() == ".vtt"
    if not is_vtt or getattr(file, "_committed", False):
        return
    if file.size > MAX_BYTES:
        raise ValidationError(_("The captions are too large: 2 MB at most."), code="too_large")
    file.seek(0)
    try:
        read_captions(file.read())
    finally:
        file.seek(0)


def read_captions(content: bytes) -> list[Cue]:
    """The cues of a WebVTT file, in its order; raises ValidationError, naming the line."""
    lines = re.split(r"\r\n|\n|\r", _decoded(content))
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise _wrong(1, _("A file of captions begins with the word WEBVTT."))
    cues: list[Cue] = []
    for first, block in _blocks(lines[1:], 2):
        if block[0] == "NOTE" or block[0].startswith(("NOTE ", "NOTE\t")):
            continue
        if block[0].rstrip() == "REGION" and not cues:
            continue
        if block[0].rstrip() == "STYLE":
            raise _wrong(first, _("Take the styles out: the player shows captions in its own way."))
        # What follows the first line belongs to the header, until a line is empty.
        if first == 2 and not any("-->" in line for line in block):
            continue
        cues.append(_cue(first, block, cues[-1] if cues else None))
    if not cues:
        raise ValidationError(_("There are no captions in the file."), code="empty")
    return cues


def refuse_longer_than(cues: Iterable[Cue], seconds: int) -> None:
    """Refuse captions that go on after the end of a video of that length: they are another's.

    Raises ValidationError, which names the line.
    """
    for cue in cues:
        if cue.end > seconds * 1000 + _SLACK:
            raise _wrong(cue.line, _("The caption is shown after the end of the video."))


def transcript(cues: Iterable[Cue]) -> list[str]:
    """The captions as paragraphs to read: who speaks, whole sentences, no line twice.

    A new one begins with another speaker, after a pause, and where a long one ends a sentence.
    """
    paragraphs: list[str] = []
    before: Cue | None = None
    speaker = said = ""
    for cue in cues:
        for voice, text in _utterances(cue.text):
            if text == said:  # captions that roll up show a line again
                continue
            said = text
            is_new = (
                before is None
                or voice != speaker
                or text.startswith("– ")
                or (cue.start - before.end >= _PAUSE)
                or (len(paragraphs[-1]) > _PARAGRAPH and _ENDS_SENTENCE.search(paragraphs[-1]))
            )
            if is_new:
                paragraphs.append(f"{voice}: {text}" if voice and voice != speaker else text)
            else:
                paragraphs[-1] += f" {text}"
            before, speaker = cue, voice
    return paragraphs


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n|\n|\r", content[: error.start]))
        raise _wrong(
            line, _("Save the captions as UTF-8, so that å, ä and ö stay right.")
        ) from None


def _blocks(lines: list[str], number: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not empty, each with the number of its first line."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
        number += 1


def _cue(first: int, block: list[str], before: Cue | None) -> Cue:
    # A line with the caption's own name may stand above its times.
    at = 0 if "-->" in block[0] else 1
    line = first + at
    if len(block) <= at or "-->" not in block[at]:
        raise _wrong(first, _("Times are missing here, such as 00:01.000 --> 00:04.000."))
    for below, text in enumerate(block[at + 1 :], line + 1):
        if "-->" in text:
            raise _wrong(below, _("An empty line is missing above these times."))
        _refuse_markup(below, text)
    start, end = _times(line, block[at])
    if end <= start:
        raise _wrong(line, _("The caption ends before it begins."))
    if before and start < before.start:
        raise _wrong(line, _("The caption begins before the one above it."))
    text = "\n".join(block[at + 1 :])
    if not any(spoken for _voice, spoken in _utterances(text)):
        raise _wrong(line, _("The caption has no text."))
    return Cue(start, end, line, text)


def _times(line: int, written: str) -> tuple[int, int]:
    """Start and end in milliseconds; the library judges what else stands on the line."""
    try:
        webvtt.from_string(f"WEBVTT\n\n{written}\n–\n", strict=True)
    except (MalformedCaptionError, MalformedFileError):
        found = []
    else:
        parts = re.split(r"[ \t]*-->[ \t]*|[ \t]+", written.strip())
        found = [_CLOCK.fullmatch(part) for part in parts[:2]]
    if len(found) != 2 or None in found:
        raise _wrong(line, _("Write times like this: 00:01.000 --> 00:04.000."))
    start, end = (
        ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)
        for hours, minutes, seconds, thousandths in (match.groups() for match in found if match)
    )
    return start, end


def _refuse_markup(line: int, text: str) -> None:
    for match in _TAG.finditer(text):
        if not match[0].endswith(">") or not _KNOWN_TAG.fullmatch(match[1]):
            raise _wrong(
                line,
                _("Captions have no such mark-up: %(markup)s. Write &lt; for a less-than sign."),
                markup=match[0][:40],
            )


def _utterances(text: str) -> Iterator[tuple[str, str]]:
    """What is said in a cue, as (speaker or "", words): a dash or another voice begins one."""
    parts = _VOICE.split(text)  # words, voice, words, voice, words …
    for voice, words in zip(["", *parts[1::2]], parts[::2], strict=True):
        said: list[str] = []
        for line in html.unescape(_TAG.sub("", words)).splitlines():
            spoken = " ".join(line.split())
            if dashed := re.fullmatch(r"[-–—] (.+)", spoken):
                said.append(f"– {dashed[1]}")
            elif said and spoken:
                said[-1] += f" {spoken}"
            elif spoken:
                said.append(spoken)
        yield from ((html.unescape(voice).strip(), one) for one in said)


def _wrong(line: int, message: Any, **params: Any) -> ValidationError:
    return ValidationError(
        _("Line %(line)d of the captions: %(wrong)s"),
        code="captions",
        params={"line": line, "wrong": message % params if params else message},
    )
