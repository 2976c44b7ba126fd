"""The silent example video: threads come in, get their names and are woven together."""

import tomllib
from pathlib import Path

import av
from PIL import ImageColor

from portal.demo.make_files import threads
from portal.demo.make_files.figures import Canvas, save

WORDS = Path(__file__).parent / "words" / "film.toml"
NAME = "exempelvideo-en-vav-av-vardagar"
EXAMPLE = "Exempelvideo · Esimerkkivideo · CC BY 4.0 · 2026"
WIDTH, HEIGHT, RATE = 1280, 720, 25
SECONDS = 31
TOP, DEEP = 308, 268  # where the cloth lies, in pixels; captions have the room below
LEFT, RIGHT = 430, 900
NAMING, NAMING_STEP = 10.6, 1.6  # seconds: the first name, and how long until the next
WEAVING, WOVEN, LOOSE = 19.2, 23.6, 25.2  # seconds: warp appears, cloth done, ends out


def eased(now: float, start: float, end: float) -> float:
    """Return how far a movement has come at a moment, 0–1, gently at both ends."""
    part = min(1.0, max(0.0, (now - start) / (end - start)))
    return part * part * (3 - 2 * part)


def blend(colour: str, other: str, part: float) -> str:
    """Return the colour that lies the given part (0–1) of the way to the other."""
    pairs = zip(ImageColor.getrgb(colour), ImageColor.getrgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def draw_threads(canvas: Canvas, now: float, names: list[dict]) -> None:
    """Draw the threads before they are woven, the named ones with their names."""
    pitch = DEEP / 4
    for row, colour in enumerate(threads.THEME_COLOURS):
        y = TOP + pitch * (row + 0.5)
        tip = -40 + (LEFT + 40) * eased(now, 0.3 + row * 0.5, 3.6 + row * 0.5)
        named = eased(now, NAMING + row * NAMING_STEP, NAMING + row * NAMING_STEP + 0.6)
        waiting = eased(now, 10.0, 10.6) * (1 - named)
        way = threads.loose_end((tip, y), (-20, y), 20, now * 0.55 + row * 0.9)
        shade = blend(colour, threads.WARP, waiting)
        canvas.stroke([threads.Thread(tuple(way), pitch * 0.62, shade)])
        shown = named * (1 - eased(now, 18.4, 19.0))
        for line, language in ((-15, "sv"), (15, "fi")):
            if shown:
                tint = blend(threads.PAPER, threads.INK, shown)
                canvas.text(LEFT + 36, y + line, names[row][language], 25, colour=tint, anchor="lm")


def draw_cloth(canvas: Canvas, now: float) -> None:
    """Draw the cloth while the threads cross it and after."""
    woven = eased(now, WEAVING + 0.6, WOVEN)
    ends = eased(now, WOVEN, LOOSE)
    canvas.stroke(
        threads.cloth(
            LEFT, TOP, RIGHT - LEFT, DEEP, warps=13,
            warp_colour=blend(threads.PAPER, threads.WARP, eased(now, WEAVING, WEAVING + 0.8)),
            left_to=-20, right_to=RIGHT + 1 + (WIDTH + 20 - RIGHT) * ends,
            sway=20, fan=0.0, woven=woven, phase=now * 0.55,
        )
    )  # fmt: skip


def draw_frame(now: float, words: dict) -> Canvas:
    """Return the picture of one moment, in seconds from the start."""
    canvas = Canvas(WIDTH, HEIGHT, finer=2)
    if now < WEAVING:
        draw_threads(canvas, now, words["threads"])
    else:
        draw_cloth(canvas, now)
    for number, scene in enumerate(words["scenes"]):
        start, end = scene["from"], scene["to"]
        last = number == len(words["scenes"]) - 1
        shown = eased(now, start, start + 0.6) * (1 - (0 if last else eased(now, end - 0.4, end)))
        if not shown:
            continue
        tint = blend(threads.PAPER, threads.INK, shown)
        second = "fi" if scene["first"] == "sv" else "sv"
        canvas.text(80, 132, scene[scene["first"]], 50, weight=700, colour=tint, anchor="lm")
        canvas.text(80, 204, scene[second], 50, weight=700, colour=tint, anchor="lm")
        if last:
            canvas.text(80, 264, "2017–2019", 30, colour=tint, anchor="lm")
    canvas.text(80, 58, EXAMPLE, 24, colour=threads.MARK, anchor="lm")
    return canvas


def timestamp(seconds: float) -> str:
    """Return a moment in the form of WebVTT."""
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{rest:06.3f}"


def captions(words: dict, language: str) -> str:
    """Return the captions of one language as WebVTT."""
    cues = [
        f"{number}\n{timestamp(scene['from'])} --> {timestamp(scene['to'])}\n"
        f"{scene[f'caption_{language}']}\n"
        for number, scene in enumerate(words["scenes"], 1)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def make_film(folder: Path) -> None:
    """Write the video, its captions in both languages and its poster."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    with av.open(str(folder / f"{NAME}.mp4"), "w", options={"movflags": "+faststart"}) as film:
        film.metadata["title"] = "Exempelvideo: en väv av vardagar – Esimerkkivideo: arjen kudelma"
        film.metadata["copyright"] = "CC BY 4.0"
        film.metadata["date"] = "2026"
        stream = film.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        # One thread, so that the same pictures give the same bytes.
        stream.options = {"crf": "25", "preset": "slow", "tune": "animation", "threads": "1"}
        for number in range(SECONDS * RATE):
            picture = draw_frame(number / RATE, words).finished()
            film.mux(stream.encode(av.VideoFrame.from_image(picture)))
        film.mux(stream.encode())
    for language in ("sv", "fi"):
        target = folder / f"{NAME}.{language}.vtt"
        target.write_text(captions(words, language), encoding="utf-8", newline="\n")
    save(draw_frame(SECONDS - 1, words).finished(), folder / f"{NAME}.png")
