"""SVG to PNG and MP4 by a headless Chromium, what is up to date, and the command: see bin/draw --help."""

import argparse
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from . import films, pictures
from .layouts import FONTS, PlanFault, drawing, page, slides
from .motifs import MOTIFS

ART = Path(__file__).resolve().parents[1]
DEMO = ART.parent
RECORD = ART / "drawn.json"
COURSES = ("course", "last-year")
LARGEST_SLIDE, LARGEST_PICTURE, LARGEST_FILM = 30_000, 60_000, 900_000
JOIN = (
    f"-y -loglevel error -f image2pipe -framerate {films.RATE} -c:v png -i - -c:v libx264 -preset veryslow "
    "-tune animation -crf 28 -pix_fmt yuv420p -g 120 -threads 1 -map_metadata -1 -fflags +bitexact "
    "-movflags +faststart"
)
"""How frames become a film that a browser can play from its first bytes, and that is the same each time."""
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


# What there is to draw


def lectures() -> dict[str, Path]:
    """The file of every step of the demo, by its uid."""
    found = {}
    for course in COURSES:
        for path in sorted((DEMO / course).glob("*/*.md")):
            if match := re.search(r"\A---\n(?:.*\n)*?uid: *[\"']?([\w-]+)", path.read_text(encoding="utf-8")):
                found[match[1]] = path
    return found


def named_slides(lecture: Path) -> list[str]:
    """The pictures that a lecture asks for."""
    return re.findall(r"^:::slide +(\S+)", lecture.read_text(encoding="utf-8"), re.M)


def slides_of(path: Path) -> list[str]:
    """The slides of a plan as SVG; faults name the file."""
    try:
        return slides(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (PlanFault, yaml.YAMLError) as fault:
        raise PlanFault(f"{path.name}: {fault}") from None


def mark(svgs: Iterable[str]) -> str:
    """What a drawing is recognised by: it changes with the plan, and with the kit where that changes it."""
    digest = hashlib.sha256()
    for svg in svgs:
        digest.update(svg.encode())
    return digest.hexdigest()[:16]


def film_marks() -> dict[str, str]:
    """The marks of the films, each from all its frames and from how they are joined."""
    return {name: mark([JOIN, *film.frames()]) for name, film in films.FILMS.items()}


def recorded() -> dict[str, str]:
    """The mark of everything that was drawn, by its path below home/demo."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def wanted() -> tuple[dict[str, str], list[str]]:
    """Every still that should exist, as SVG by its path below home/demo; and the faults, in words."""
    stills, faults = {}, []
    at = lectures()
    for plan in sorted(ART.glob("*.yaml")):
        uid = plan.stem
        if uid not in at:
            faults.append(f"{plan.name}: no lecture of the demo has the uid {uid} (yet).")
            continue
        try:
            drawn = slides_of(plan)
        except PlanFault as fault:
            faults.append(str(fault))
            continue
        week = at[uid].parent.relative_to(DEMO)
        stills |= {f"{week}/slides/{uid}-{n}.png": svg for n, svg in enumerate(drawn, 1)}
    for lecture in at.values():
        week = lecture.parent.relative_to(DEMO)
        for name in named_slides(lecture):
            if f"{week}/{name}" not in stills:
                faults.append(f"{week}/{lecture.name} names {name}, and no plan draws it.")
    return stills | {name: draw() for name, draw in pictures.PICTURES.items()}, faults


def stale(marks: dict[str, str]) -> list[str]:
    """Which of these, by path and mark, are missing or were drawn from something else."""
    known = recorded()
    return [name for name, mark in marks.items() if known.get(name) != mark or not (DEMO / name).exists()]


def left_over(stills: dict[str, str]) -> list[str]:
    """Slides that no plan draws any more."""
    there = (path for course in COURSES for path in (DEMO / course).glob("*/slides/*.png"))
    return [name for path in there if (name := str(path.relative_to(DEMO))) not in stills]


# Drawing


def font_faces() -> str:
    """The site's fonts, inside the page."""
    faces = ""
    for path in sorted(FONTS.glob("*.woff2")):
        family = "Literata" if path.stem.startswith("literata") else "Libre Franklin"
        kind = "font-weight:400;font-style:italic" if "italic" in path.stem else "font-weight:400 650"
        reach = {"ext": "U+100-17F", "more": "U+180-24F,U+1E00-1EFF,U+20A8-20BD"}.get(
            path.stem.split("-")[-1]
        )
        reach = reach or "U+0-FF,U+131,U+152-153,U+2C6-2DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212"
        data = base64.b64encode(path.read_bytes()).decode()
        faces += (
            f"@font-face{{font-family:'{family}';src:url(data:font/woff2;base64,{data});{kind};"
            f"unicode-range:{reach}}}"
        )
    return faces


@contextmanager
def pencil() -> Iterator[Any]:
    """What turns an SVG of a size into the bytes of a PNG."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        sheet = browser.new_page()
        sheet.set_content(f"<style>{font_faces()}body{{margin:0}}svg{{display:block}}</style><body></body>")
        sheet.evaluate("Promise.all([...document.fonts].map(face => face.load()))")

        def draw(svg: str) -> bytes:
            size = [int(each) for each in re.findall(r'width="(\d+)" height="(\d+)"', svg)[0]]
            if sheet.viewport_size != {"width": size[0], "height": size[1]}:
                sheet.set_viewport_size({"width": size[0], "height": size[1]})
            sheet.evaluate("svg => { document.body.innerHTML = svg }", svg)
            return sheet.screenshot()

        yield draw
        browser.close()


def few_colours(png: bytes, most: int) -> bytes:
    """The picture in its commonest colours, none of them close to another, as a small PNG."""
    image = Image.open(BytesIO(png)).convert("RGB")
    chosen: list[tuple[int, ...]] = []
    counted = Counter(image.get_flattened_data() if hasattr(image, "get_flattened_data") else image.getdata())
    for colour, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        if all(max(abs(a - b) for a, b in zip(colour, other, strict=True)) > 7 for other in chosen):
            chosen.append(colour)
            if len(chosen) == most:
                break
    inks = Image.new("P", (1, 1))
    flat = [share for colour in chosen for share in colour]
    inks.putpalette(flat + flat[:3] * (256 - len(chosen)))
    small = image.quantize(palette=inks, dither=Image.Dither.NONE)
    small.putpalette(flat)
    out = BytesIO()
    small.save(out, "PNG", optimize=True, bits=6 if most > 16 else 4)
    return out.getvalue()


def write_still(name: str, png: bytes) -> int:
    """Put a picture where it belongs, in as many colours as its size allows; says how large it is."""
    limit = LARGEST_SLIDE if "/slides/" in name else LARGEST_PICTURE
    for most in (64, 48, 32, 24, 16):
        data = few_colours(png, most)
        if len(data) <= limit:
            break
    else:
        raise PlanFault(f"{name} is {len(data):,} bytes, and {limit:,} are allowed.")
    (DEMO / name).parent.mkdir(parents=True, exist_ok=True)
    (DEMO / name).write_bytes(data)
    return len(data)


def write_film(name: str, film: "films.Film", draw: Any) -> int:
    """Draw a film, its poster beside it; says how large it is."""
    if not (ffmpeg := shutil.which("ffmpeg")):
        raise PlanFault("There is no ffmpeg on this machine. Try:  apt-get install ffmpeg")
    path = DEMO / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen([ffmpeg, *JOIN.split(), str(path)], stdin=subprocess.PIPE) as joining:  # noqa: S603
        assert joining.stdin
        before, png = "", b""
        for svg in film.frames():
            if svg != before:
                before, png = svg, draw(svg)
            joining.stdin.write(png)
        joining.stdin.close()
    if joining.returncode:
        raise PlanFault(f"{name}: ffmpeg could not join its frames.")
    if (size := path.stat().st_size) > LARGEST_FILM:
        raise PlanFault(f"{name} is {size:,} bytes, and {LARGEST_FILM:,} are allowed.")
    path.with_suffix(".png").write_bytes(few_colours(draw(film.frame(film.poster)), 64))
    return size


# The command


def say(words: str) -> None:
    """A line for whoever called."""
    sys.stdout.write(words + "\n")


def main(given: list[str] | None = None) -> int:
    """Draw what is missing or stale, or say what it is."""
    parser = argparse.ArgumentParser(
        prog="bin/draw", description="Draws the slides and pictures of the demo."
    )
    parser.add_argument("--check", action="store_true", help="only say what is missing, stale or faulty")
    parser.add_argument(
        "--films", action="store_true", help="draw the two films as well (minutes; needs ffmpeg)"
    )
    parser.add_argument("--all", action="store_true", help="draw again what is up to date")
    parser.add_argument("--sheet", type=Path, help="only draw all motifs on one sheet, into this file")
    asked = parser.parse_args(given)
    if asked.sheet:
        with pencil() as draw:
            asked.sheet.write_bytes(draw(contact_sheet()))
        return 0

    stills, faults = wanted()
    marks = {name: mark([svg]) for name, svg in stills.items()}
    moving = film_marks()
    if asked.check:
        late = stale(marks | moving)
        unused = left_over(stills)
        for words in [
            *faults,
            *(f"Stale or missing: {x}" for x in late),
            *(f"No plan draws: {x}" for x in unused),
        ]:
            say(words)
        say(f"{len(stills)} pictures, {len(late)} to draw, {len(faults)} faults.")
        return 1 if late or faults or unused else 0

    todo = list(marks) if asked.all else stale(marks)
    films_todo = (list(moving) if asked.all else stale(moving)) if asked.films else []
    record = {name: was for name, was in recorded().items() if name in marks or name in moving}
    if todo or films_todo:
        with pencil() as draw:
            for name in todo:
                try:
                    size = write_still(name, draw(stills[name]))
                except PlanFault as fault:
                    faults.append(str(fault))
                    continue
                record[name] = marks[name]
                say(f"{name}  {size / 1000:.1f} kB")
            for name in films_todo:
                try:
                    size = write_film(name, films.FILMS[name], draw)
                except PlanFault as fault:
                    faults.append(str(fault))
                    continue
                record[name] = moving[name]
                say(f"{name}  {size / 1000:.0f} kB")
    for name in left_over(stills):
        (DEMO / name).unlink()
        say(f"{name} taken away: no plan draws it.")
    RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for words in faults:
        say(words)
    say(f"{len(todo) + len(films_todo)} drawn, {len(stills) - len(todo)} up to date, {len(faults)} faults.")
    return 1 if faults else 0


def contact_sheet() -> str:
    """All motifs with their names."""
    drawn = ""
    for i, name in enumerate(sorted(MOTIFS)):
        x, y = i % 10 * 160, i // 10 * 180
        drawn += drawing(name, x + 14, y + 8, 132)
        drawn += (
            f'<text x="{x + 80}" y="{y + 164}" font-size="16" text-anchor="middle" class="sans">{name}</text>'
        )
    size = (1600, (len(MOTIFS) + 9) // 10 * 180)
    return page(f'<rect width="{size[0]}" height="{size[1]}" fill="#fff"/>{drawn}', "slate", size)


if __name__ == "__main__":
    sys.exit(main())
