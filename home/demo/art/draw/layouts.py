"""From a plan to slides in SVG: colours, type that never overflows, and one function for each layout."""

import math
import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from PIL import ImageFont

from .motifs import HANGING, MOTIFS, SMALL

FONTS = Path(__file__).resolve().parents[4] / "static" / "fonts"
WIDTH, HEIGHT = 1280, 720

CLOTH = {  # lightness, chroma and hue, as in static/css/tokens.css
    "bottle": (0.36, 0.062, 165),
    "oxblood": (0.41, 0.12, 22),
    "navy": (0.37, 0.085, 256),
    "ochre": (0.51, 0.1, 70),
    "slate": (0.47, 0.04, 228),
    "plum": (0.4, 0.085, 350),
    "moss": (0.47, 0.08, 125),
    "teal": (0.45, 0.07, 200),
}


class PlanFault(ValueError):
    """Something in a plan that cannot be drawn, in words."""


# Colours


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """A colour of the site's tokens as the hexadecimal sRGB that every renderer knows."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
    )
    shares = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear)
    return "#" + "".join(f"{round(255 * min(max(v, 0), 1)):02x}" for v in shares)


GROUND, PAPER, SUNK, INK, INK_2 = (
    oklch(0.974, 0.005, 140),
    oklch(0.995, 0.002, 130),
    oklch(0.935, 0.01, 130),
    oklch(0.245, 0.022, 168),
    oklch(0.42, 0.02, 165),
)
RULE, CARDLINE, RUBRIC, BRASS, PALE_BRASS, ON_CLOTH = (
    oklch(0.84, 0.016, 155),
    oklch(0.84, 0.045, 235),
    oklch(0.52, 0.19, 28),
    oklch(0.83, 0.135, 88),
    oklch(0.95, 0.05, 92),
    oklch(0.975, 0.014, 110),
)


def palette(cloth: str) -> dict[str, str]:
    """The colours of a cloth: c itself, m mid, t tint, d dark, and those that every cloth shares."""
    lightness, chroma, hue = CLOTH[cloth]
    return {
        "c": oklch(lightness, chroma, hue),
        "m": oklch(lightness + 0.25, chroma * 0.78, hue),
        "t": oklch(0.915, chroma * 0.34, hue),
        "d": oklch(0.25, chroma * 0.5, hue),
        "w": PAPER,
        "b": BRASS,
        "r": RUBRIC,
    }


def style(cloth: str) -> str:
    """The style sheet of a drawing."""
    colours = palette(cloth)
    fills = "".join(f".{name}{{fill:{colour}}}" for name, colour in colours.items())
    return (
        f".motif *{{stroke:{colours['d']};stroke-width:4;stroke-linejoin:round;stroke-linecap:round}}"
        f"{fills}.flat{{stroke:none}}.n{{fill:none}}.fine{{stroke-width:2.5}}"
        f".light{{stroke:{PAPER};stroke-width:3}}.thick{{stroke-width:7}}"
        ".even *{vector-effect:non-scaling-stroke;stroke-width:calc(var(--line,1)*3px)}"
        ".even .fine,.even .light{stroke-width:calc(var(--line,1)*2px)}"
        ".even .thick{stroke-width:calc(var(--line,1)*6px)}"
        f".dashed{{stroke-dasharray:7 9}}.rule{{stroke:{RUBRIC}}}.pale{{fill:{PALE_BRASS};stroke:none}}"
        "text{font-family:Literata;font-weight:450}text.sans{font-family:'Libre Franklin'}"
        "text.strong{font-weight:600}text.italic{font-style:italic;font-weight:400}text.head{font-weight:500;letter-spacing:-.014em}"
    )


# Type


@cache
def font(face: str, extended: bool) -> ImageFont.FreeTypeFont:
    """One of the site's fonts at its widest weight, to measure with: literata, literata-italic, franklin."""
    path = FONTS / f"{face}{'-ext' if extended else ''}.woff2"
    loaded = ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)
    if face != "literata-italic" and not extended:
        loaded.set_variation_by_axes([600])
    return loaded


@cache
def letter(character: str, face: str) -> float:
    """The width of a letter in em."""
    return font(face, 0xFF < ord(character) < 0x180).getlength(character) / 1000


def width(text: str, size: float, face: str = "literata") -> float:
    """The width of a line of text, a little more than a browser makes of it."""
    return size * sum(letter(character, face) for character in text)


def wrapped(text: str, size: float, room: float, face: str) -> list[str] | None:
    """A text in lines of much the same length; nothing if a word is wider than the room."""
    words = text.split()
    if any(width(word, size, face) > room for word in words):
        return None

    def fill(room: float) -> list[str]:
        lines: list[str] = []
        for word in words:
            if lines and width(f"{lines[-1]} {word}", size, face) <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    lines = fill(room)
    widest_word = max(width(word, size, face) for word in words)
    for share in (0.6, 0.7, 0.8, 0.9):  # as many lines, more alike: balanced
        if room * share >= widest_word and len(balanced := fill(room * share)) == len(lines):
            return balanced
    return lines


class Text:
    """Words set as large as fits into a room, from the largest size down to the smallest that can be read."""

    def __init__(
        self,
        words: Any,
        room: tuple[float, float],
        sizes: tuple[int, int] = (44, 24),
        kind: str = "",
        leading: float = 1.28,
    ):
        self.words, self.kind, self.leading = " ".join(str(words).split()), kind, leading
        if not self.words:
            raise PlanFault("A text is empty.")
        face = "franklin" if "sans" in kind else "literata-italic" if "italic" in kind else "literata"
        fits = [
            (size, lines)
            for size in range(sizes[0], sizes[1] - 1, -2)
            if (lines := wrapped(self.words, size, room[0], face)) and len(lines) * size * leading <= room[1]
        ]
        if fits:  # the largest, unless a little smaller no line is left with one short word
            near = [each for each in fits if each[0] >= fits[0][0] * 0.8]
            self.size, self.lines = next((each for each in near if self.even(*each, face)), fits[0])
            self.height = len(self.lines) * self.size * leading
            self.width = max(width(each, self.size, face) for each in self.lines)
            return
        raise PlanFault(f"“{self.words}” is too long for its place ({len(self.words)} characters).")

    @staticmethod
    def even(size: int, lines: list[str], face: str) -> bool:
        """Whether no line is much shorter than another."""
        widths = [width(each, size, face) for each in lines]
        return min(widths) > 0.35 * max(widths)

    def at(self, x: float, y: float, colour: str = INK, anchor: str = "start") -> str:
        """The lines, with their upper edge at y."""
        step = self.size * self.leading
        first = y + step / 2 + self.size * 0.33
        classes = f' class="{self.kind}"' if self.kind else ""
        return "".join(
            f'<text x="{x:.0f}" y="{first + i * step:.1f}" font-size="{self.size}" fill="{colour}" '
            f'text-anchor="{anchor}"{classes}>{escape(each, quote=False)}</text>'
            for i, each in enumerate(self.lines)
        )


def alike(texts: list[Any], room: tuple[float, float], sizes: tuple[int, int], kind: str = "") -> list[Text]:
    """Several texts in rooms of one size, all set in the size of the one that needs the smallest."""
    size = min(Text(words, room, sizes, kind).size for words in texts)
    return [Text(words, room, (size, size), kind) for words in texts]


# Parts


def rect(x: float, y: float, w: float, h: float, fill: str, more: str = "") -> str:
    """A plain rectangle of the page."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}" {more}/>'


def rule(x: float, y: float, w: float, colour: str = RULE, thick: float = 2) -> str:
    """A rule across."""
    return rect(x, y - thick / 2, w, thick, colour)


def paper_card(x: float, y: float, w: float, h: float) -> str:
    """An index card without its rule."""
    return rect(x, y, w, h, PAPER, f'rx="4" stroke="{RULE}" stroke-width="2"')


def drawing(name: str, x: float, y: float, size: float) -> str:
    """A motif in a square."""
    if name not in MOTIFS:
        raise PlanFault(f"There is no motif “{name}”. There are: {', '.join(sorted(MOTIFS))}.")
    return f'<g class="motif" transform="translate({x:g} {y:g}) scale({size / 200:g})">{MOTIFS[name]()}</g>'


def standing(name: str, x: float, floor: float, size: float) -> str:
    """A motif in a scene: on the floor, on a small table or on the wall; x is its middle."""
    if name in HANGING:
        return drawing(name, x - size * 0.4, floor - size * 1.16, size * 0.8)
    if name not in SMALL:
        return drawing(name, x - size / 2, floor - size * 0.95, size)
    legs = f"M-56 14L-66 {size * 0.44:g}M56 14L66 {size * 0.44:g}"
    small = size * 0.62
    return (
        f'<g class="motif" transform="translate({x:g} {floor - size * 0.44:g})">'
        f'<path d="{legs}" class="n thick"/>'
        '<rect x="-92" y="0" width="184" height="16" rx="5" class="m"/></g>'
    ) + drawing(name, x - small / 2, floor - size * 0.44 - small * 0.95, small)


def beside(name: str, x: float, y: float, size: float, c: dict) -> str:
    """A motif beside words: on a piece of floor, if it stands; a little higher, if it hangs."""
    if name in HANGING:
        return drawing(name, x, y - size * 0.16, size)
    return rule(x - 12, y + size * 0.95 + 3, size + 24, c["m"], 6) + drawing(name, x, y, size)


def heading(words: Any, room: float = 1096, sizes: tuple[int, int] = (54, 36)) -> tuple[str, float]:
    """The title of a slide and the height at which it ends."""
    text = Text(words, (room, 132), sizes, "head", 1.16)
    return text.at(104, 52), 52 + text.height


def locke_key(words: str) -> str:
    """The first letter of a heading, articles aside, and its next vowel: John Locke’s index of 1686."""
    heading = re.sub(r"^(an?|the) ", "", words.casefold())
    letters = [each for each in heading if each.isalnum()]
    return (letters[0] + next((each for each in letters[1:] if each in "aeiouy"), "")).capitalize()


# Layouts


def title(slide: dict, c: dict) -> str:
    """The cover: title and name on cloth, the motif on an index card under the title’s Locke key."""
    words = Text(slide["title"], (560, 360), (84, 44), "head", 1.12)
    by = Text(slide["by"], (560, 44), (32, 24), "sans")
    top = 338 - words.height / 2
    return (
        rect(0, 0, WIDTH, HEIGHT, c["c"])
        + rect(0, 0, 44, HEIGHT, c["d"], 'opacity=".55"')
        + rule(104, 92, 560, ON_CLOTH, 2)
        + rule(104, 100, 560, ON_CLOTH, 2)
        + words.at(104, top, ON_CLOTH)
        + by.at(104, 560, ON_CLOTH)
        + rule(104, 628, 560, ON_CLOTH, 2)
        + paper_card(748, 92, 436, 520)
        + Text(locke_key(slide["title"]), (120, 60), (40, 40), "head").at(784, 112, c["c"])
        + rule(784, 180, 364, RUBRIC, 3)
        + drawing(slide["motif"], 806, 226, 320)
        + rect(0, HEIGHT - 14, WIDTH, 14, BRASS)
    )


def points(slide: dict, c: dict) -> str:
    """An index card: title, rubric rule, one ruled line for each point; the motif stands beside it."""
    w = 740 if slide.get("motif") else 1104
    head = Text(slide["title"], (w - 88, 132), (48, 32), "head", 1.16)
    top = 84 + head.height + 34
    step = (652 - top) / len(slide["points"])
    texts = alike(slide["points"], (w - 88, step - 16), (38, 26))
    drawn = (
        paper_card(88, 56, w, 608) + head.at(132, 84) + rule(132, 84 + head.height + 16, w - 88, RUBRIC, 3)
    )
    for i, text in enumerate(texts):
        drawn += text.at(132, top + i * step + (step - text.height) / 2)
        if i:
            drawn += rule(132, top + i * step, w - 88, CARDLINE)
    if slide.get("motif"):
        drawn += beside(slide["motif"], 880, 290, 320, c)
    return drawn


def quote(slide: dict, c: dict) -> str:
    """Somebody's words on the tint of the cloth."""
    words = Text(slide["words"], (980, 360), (64, 36), "italic", 1.3)
    source = Text(slide["source"], (980, 80), (30, 24), "sans")
    top = 330 - words.height / 2
    mark = "M0 62Q0 14 46 0l8 14Q32 22 30 36q22 0 22 24q0 24 -26 24Q0 84 0 62z"
    return (
        rect(44, 0, WIDTH, HEIGHT, c["t"])
        + f'<path d="{mark}" transform="translate(140 {top - 106:g})" fill="{c["m"]}"/>'
        + f'<path d="{mark}" transform="translate(206 {top - 106:g})" fill="{c["m"]}"/>'
        + words.at(140, top)
        + rule(140, top + words.height + 32, 96, RUBRIC, 3)
        + source.at(140, top + words.height + 52, INK_2)
    )


def big(slide: dict, c: dict) -> str:
    """One word or number, and a line that says what it is."""
    room = 680 if slide.get("motif") else 1080
    word = Text(slide["word"], (room, 300), (230, 64), "head", 1.1)
    words = Text(slide["line"], (room, 180), (46, 30), "", 1.3)
    top = 350 - (word.height + 44 + words.height) / 2
    drawn = word.at(104, top, c["c"]) + rule(108, top + word.height + 16, 200, RUBRIC, 4)
    drawn += words.at(104, top + word.height + 44)
    if slide.get("motif"):
        drawn += beside(slide["motif"], 840, 220, 360, c)
    return drawn


def steps(slide: dict, c: dict) -> str:
    """Cards in a row, each with its number, and arrows between them."""
    head, end = heading(slide["title"])
    n, gap = len(slide["steps"]), 52
    w = (1104 - gap * (n - 1)) / n
    texts = alike(slide["steps"], (w - 40, 230), (40, 22))
    h = max(250, 128 + max(text.height for text in texts))
    top = end + (660 - end - h) / 2
    drawn = head + rule(44, top + h + 6, WIDTH - 44, c["m"], 10)
    for i, text in enumerate(texts):
        x = 104 + i * (w + gap)
        drawn += paper_card(x, top, w, h) + rect(x, top, w, 12, c["c"])
        drawn += Text(i + 1, (60, 60), (44, 44), "head").at(x + 20, top + 24, c["c"])
        drawn += rule(x + 20, top + 88, w - 40, RUBRIC, 3) + text.at(x + 20, top + 102)
        if i:
            drawn += (
                f'<path d="M{x - gap + 10:g} {top + h / 2:g}h{gap - 22:g}m-12 -11l12 11l-12 11" fill="none" '
                f'stroke="{c["c"]}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>'
            )
    return drawn


def ladder(slide: dict, c: dict) -> str:
    """A ladder, its rungs written on from the bottom up."""
    n = len(slide["rungs"])
    head = Text(slide["title"], (400, 480), (54, 34), "head", 1.16)
    step = min(76, 600 / n)
    plank = min(54, step - 18)
    drawn = head.at(104, 64) + rule(104, 64 + head.height + 20, 120, RUBRIC, 4)
    foot, top = 664, 664 - step * n - 20
    for x in (580, 1176):
        drawn += rect(x, top, 20, foot - top, c["c"], 'rx="4"')
    for i, text in enumerate(alike(slide["rungs"], (540, plank), (34, 22))):
        y = foot - step * (i + 1) + (step - plank) / 2 - 8
        drawn += rect(568, y, 640, plank, c["t"], f'rx="4" stroke="{c["c"]}" stroke-width="3"')
        drawn += text.at(660, y + (plank - text.height) / 2)
        number = Text(i + 1, (60, plank), (30, 20), "sans strong")
        drawn += number.at(614, y + (plank - number.height) / 2, c["c"], "middle")
    return drawn + rule(540, foot, 696, c["m"], 6)


def circle(slide: dict, c: dict) -> str:
    """Cards around a word."""
    head, end = heading(slide["title"], sizes=(48, 34))
    n, w, h = len(slide["around"]), 300, 92
    middle_x, middle_y = 656, (end + 20 + 690) / 2
    across, up = 380, (690 - end - 20 - h) / 2
    texts = alike(slide["around"], (w - 32, h - 12), (32, 22))
    centre = Text(slide["centre"], (176, 150), (44, 24), "head", 1.16)
    spots = [
        (middle_x + across * math.sin(math.tau * i / n), middle_y - up * math.cos(math.tau * i / n))
        for i in range(n)
    ]
    ring = f'fill="none" stroke="{c["m"]}" stroke-width="4" stroke-dasharray="2 14" stroke-linecap="round"'
    drawn = head + f'<ellipse cx="{middle_x}" cy="{middle_y:g}" rx="{across}" ry="{up:g}" {ring}/>'
    drawn += f'<circle cx="{middle_x}" cy="{middle_y:g}" r="104" fill="{c["c"]}"/>'
    drawn += centre.at(middle_x, middle_y - centre.height / 2, ON_CLOTH, "middle")
    for (x, y), text in zip(spots, texts, strict=True):
        drawn += paper_card(x - w / 2, y - h / 2, w, h) + rect(x - w / 2, y - h / 2, 10, h, c["c"])
        drawn += text.at(x + 5, y - text.height / 2, INK, "middle")
    return drawn


def two(slide: dict, c: dict) -> str:
    """Two index cards side by side."""
    head, end = heading(slide["title"])
    top, w = end + 32, 532
    sides = [slide["left"], slide["right"]]
    heads = alike([side["title"] for side in sides], (w - 64, 96), (38, 26), "head")
    under = top + 20 + max(text.height for text in heads) + 14
    step = (656 - under) / max(len(side["points"]) for side in sides)
    texts = alike([point for side in sides for point in side["points"]], (w - 64, step - 14), (34, 22))
    drawn, left = head, texts
    for i, side in enumerate(sides):
        x = 104 + i * (w + 40)
        drawn += paper_card(x, top, w, 664 - top) + heads[i].at(x + 32, top + 20, c["c"])
        drawn += rule(x + 32, under, w - 64, RUBRIC, 3)
        mine, left = left[: len(side["points"])], left[len(side["points"]) :]
        for j, text in enumerate(mine):
            drawn += text.at(x + 32, under + j * step + (step - text.height) / 2)
            if j:
                drawn += rule(x + 32, under + j * step, w - 64, CARDLINE)
    return drawn


def bars(slide: dict, c: dict) -> str:
    """Numbers as bars, each with its label before it and its number after it."""
    head, end = heading(slide["title"])
    drawn, top = head, end + 28
    if slide.get("unit"):
        unit = Text(slide["unit"], (1096, 40), (28, 22), "sans")
        drawn, top = head + unit.at(104, end + 12, INK_2), end + 12 + unit.height + 24
    step = (664 - top) / len(slide["bars"])
    thick = min(64, step - 20)
    labels = alike([label for label, _ in slide["bars"]], (380, step - 8), (34, 22))
    most = max(number for _, number in slide["bars"])
    if min(number for _, number in slide["bars"]) < 0 or not most:
        raise PlanFault("Bars need numbers from 0 up, and one above 0.")
    for i, (_, number) in enumerate(slide["bars"]):
        y = top + i * step
        length = 590 * number / most
        drawn += labels[i].at(484, y + (step - labels[i].height) / 2, INK, "end")
        drawn += rect(508, y + (step - thick) / 2, length, thick, c["c"])
        drawn += Text(f"{number:,}", (120, thick), (36, 20), "sans strong").at(
            508 + length + 16, y + (step - min(thick, 36) * 1.28) / 2, INK
        )
    return drawn + rect(504, top, 4, 664 - top, c["d"])


def scene(slide: dict, c: dict) -> str:
    """Motifs side by side on a floor."""
    head, end = heading(slide["title"])
    caption = Text(slide["caption"], (1096, 84), (34, 26), "italic")
    n, floor = len(slide["motifs"]), 560
    size = min(330, (floor - end - 20) / 1.16, 1080 / n)
    drawn = head + rule(44, floor + 5, WIDTH - 44, c["m"], 10)
    for i, name in enumerate(slide["motifs"]):
        drawn += standing(name, 656 + (i - (n - 1) / 2) * min(1096 / n, 340), floor, size)
    return drawn + caption.at(104, 570 + (150 - caption.height) / 2)


Layout = Callable[[dict, dict], str]
NAMED = {"title", "by", "motif"}
LAYOUTS: dict[str, tuple[Layout, dict[str, Any]]] = {
    "title": (title, {"title": 1, "by": 1, "motif": 1}),
    "points": (points, {"title": 1, "points": (2, 4), "motif": 0}),
    "quote": (quote, {"words": 1, "source": 1}),
    "big": (big, {"word": 1, "line": 1, "motif": 0}),
    "steps": (steps, {"title": 1, "steps": (3, 5)}),
    "ladder": (ladder, {"title": 1, "rungs": (3, 8)}),
    "circle": (circle, {"title": 1, "around": (3, 6), "centre": 1}),
    "two": (
        two,
        {"title": 1, "left": {"title": 1, "points": (2, 3)}, "right": {"title": 1, "points": (2, 3)}},
    ),
    "bars": (bars, {"title": 1, "bars": (3, 6), "unit": 0}),
    "scene": (scene, {"title": 1, "motifs": (2, 4), "caption": 1}),
}
"""What draws a layout and what it needs: 1 a text, 0 an optional one, a pair the length of a list."""


def checked(given: Any, wanted: dict[str, Any], where: str) -> None:
    """Refuse, in words, what has not the keys and kinds that its layout needs."""
    if not isinstance(given, dict):
        raise PlanFault(f"{where}should have the keys {', '.join(wanted)}.")
    if unknown := set(given) - set(wanted) - {"layout"}:
        raise PlanFault(
            f"{where}has a key that nothing is drawn from: {', '.join(sorted(map(str, unknown)))}."
        )
    for name, kind in wanted.items():
        value = given.get(name)
        if value in (None, ""):
            if kind != 0:
                raise PlanFault(f"{where}has no “{name}”.")
        elif isinstance(kind, dict):
            checked(value, kind, f"{where}“{name}” ")
        elif isinstance(kind, tuple):
            if not isinstance(value, list) or not kind[0] <= len(value) <= kind[1]:
                raise PlanFault(f"{where}needs {kind[0]} to {kind[1]} {name}.")
            pairs = name == "bars"
            for each in value:
                is_pair = isinstance(each, list) and len(each) == 2 and isinstance(each[1], int | float)
                if pairs != is_pair or (not pairs and not isinstance(each, str | int | float)):
                    due = "a label and a number" if pairs else "words"
                    raise PlanFault(f"{where}has something in its {name} that should be {due}: {each}.")
        elif not isinstance(value, str | int | float):
            raise PlanFault(f"{where}needs words for “{name}”.")


def spine(number: int, c: dict) -> str:
    """The edge of a slide: a spine with its two bands and the number of the slide on its label."""
    return (
        rect(0, 0, 44, HEIGHT, c["c"])
        + "".join(rule(0, y, 44, ON_CLOTH, 2) for y in (56, 64, 616, 624))
        + rect(6, 652, 32, 36, PAPER, 'rx="2"')
        + Text(number, (32, 36), (22, 22), "sans strong").at(22, 656, INK, "middle")
    )


def slides(plan: Any) -> list[str]:
    """Every slide of a plan as SVG."""
    if not isinstance(plan, dict) or not isinstance(plan.get("slides"), list) or not plan["slides"]:
        raise PlanFault("A plan has a “cloth” and a list of “slides”.")
    cloth = str(plan.get("cloth", ""))
    if cloth not in CLOTH:
        raise PlanFault(f"There is no cloth “{cloth}”. There are: {', '.join(CLOTH)}.")
    c, drawn = palette(cloth), []
    for number, slide in enumerate(plan["slides"], 1):
        where = f"Slide {number} "
        name = str(slide.get("layout", "") if isinstance(slide, dict) else slide)
        if name not in LAYOUTS:
            raise PlanFault(f"{where}has the layout “{name}”. There are: {', '.join(LAYOUTS)}.")
        draw, wanted = LAYOUTS[name]
        checked(slide, wanted, where)
        try:
            inside = draw(slide, c)
        except PlanFault as fault:
            raise PlanFault(f"{where}({name}): {fault}") from None
        edge = "" if name == "title" else spine(number, c)
        drawn.append(page(rect(0, 0, WIDTH, HEIGHT, GROUND) + inside + edge, cloth))
    return drawn


def page(inside: str, cloth: str, size: tuple[int, int] = (WIDTH, HEIGHT), wide: int = 0) -> str:
    """A whole SVG; what is drawn on a sheet that is `wide` is brought to the size."""
    w, h = size
    wide = wide or w
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {wide * h / w:g}" '
        f'width="{w}" height="{h}">'
        f"<style>{style(cloth)}</style>{inside}</svg>"
    )
