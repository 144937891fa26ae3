"""Small flat drawings for slides, each in a box of 200 by 200 and standing at y = 190.

Colours are classes, so that a drawing takes those of the slide it is put in: c cloth, m mid, t tint, w paper,
d dark, b brass (light and metal only), r rubric, n none. Everything has the slide's line around it, 4 wide.
"""

from collections.abc import Callable

MOTIFS: dict[str, Callable[[], str]] = {}
"""Every drawing by the name that plans call it."""

hanging = "window noticeboard clock calendar ear speech map rain sun moon lightbulb question"
HANGING = set(hanging.split())
"""What has no feet, and is drawn higher up in a scene."""

small = """kettle cup book card notebook pencil phone envelope key hands jar radio microphone camera computer
lamp scales glasses stamp tin flask bell newspaper plant coins"""
SMALL = set(small.split())
"""What stands on a table in a scene."""


def motif(function: Callable[[], str]) -> Callable[[], str]:
    """Enter a drawing in MOTIFS: two_people becomes two-people, box_ becomes box."""
    MOTIFS[function.__name__.rstrip("_").replace("_", "-")] = function
    return function


def box(x: float, y: float, w: float, h: float, fill: str = "w", r: float = 3) -> str:
    """A rectangle."""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" class="{fill}"/>'


def disc(x: float, y: float, r: float, fill: str = "w") -> str:
    """A circle."""
    return f'<circle cx="{x}" cy="{y}" r="{r}" class="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str = "w") -> str:
    """An ellipse."""
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" class="{fill}"/>'


def shape(d: str, fill: str = "w") -> str:
    """A closed path."""
    return f'<path d="{d}" class="{fill}"/>'


def line(d: str, kind: str = "n") -> str:
    """An open path; kinds: n line, f fine, w light fine, k thick, a dashed, r rubric rule."""
    names = {"n": "n", "f": "n fine", "w": "n fine light", "k": "n thick", "a": "n dashed", "r": "n rule"}
    return f'<path d="{d}" class="{names[kind]}"/>'


def turned(angle: float, drawing: str, x: float = 100, y: float = 100) -> str:
    """A drawing turned about a point."""
    return f'<g transform="rotate({angle} {x} {y})">{drawing}</g>'


def moved(x: float, y: float, drawing: str, scale: float = 1) -> str:
    """A drawing put elsewhere, larger or smaller."""
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{drawing}</g>'


def mirrored(drawing: str) -> str:
    """A drawing seen from the other side."""
    return f'<g transform="translate(200 0) scale(-1 1)">{drawing}</g>'


def written(x: float, y: float, widths: tuple[float, ...], step: float = 12) -> str:
    """Lines of writing, too small to read."""
    return line(" ".join(f"M{x} {y + i * step}h{w}" for i, w in enumerate(widths)), "f")


def person(x: float, y: float, coat: str, hair: str = "d", long: bool = False, face: str = "t") -> str:
    """Head and shoulders; x is the middle, y the lower edge."""
    behind = shape(f"M{x - 27} {y - 112}q-6 34 -2 58h58q4 -24 -2 -58z", hair) if long else ""
    return (
        behind
        + shape(f"M{x - 46} {y}v-22q0 -34 34 -36h24q34 2 34 36v22z", coat)
        + shape(f"M{x - 11} {y - 72}h22v16q-11 12 -22 0z", face)
        + disc(x, y - 92, 27, face)
        + shape(f"M{x - 28} {y - 92}q-4 -36 28 -36t28 36q-8 -2 -13 -15q-22 8 -43 15z", hair)
    )


# The building


@motif
def door() -> str:
    """A glazed door with one notice and a slot for letters."""
    return (
        box(46, 12, 108, 172, "m")
        + box(58, 24, 84, 160, "c")
        + box(70, 38, 60, 62, "t")
        + box(82, 50, 26, 34, "w", 1)
        + written(88, 60, (14, 10, 14), 8)
        + box(80, 124, 32, 9, "w", 4)
        + disc(128, 140, 5, "b")
        + line("M70 160h60", "f")
        + box(34, 180, 132, 10, "t")
    )


@motif
def window() -> str:
    """A sash window with a plant on its sill."""
    return (
        box(34, 14, 132, 156, "c")
        + box(48, 28, 46, 56, "t", 1)
        + box(106, 28, 46, 56, "t", 1)
        + box(48, 96, 46, 62, "t", 1)
        + box(106, 96, 46, 62, "t", 1)
        + line("M56 66l24 -24M56 78l12 -12", "f")
        + shape("M120 168h26l4 -26h-34z", "m")
        + shape("M133 142q-22 -6 -18 -28q18 4 18 28zq22 -8 16 -32q-18 8 -16 32z", "c")
        + box(22, 168, 156, 14, "w")
    )


@motif
def house() -> str:
    """A small house with a lit window."""
    return (
        box(132, 30, 20, 46, "m")
        + box(36, 94, 128, 96, "w")
        + shape("M18 98l82 -72l82 72l-10 10h-144z", "c")
        + box(54, 124, 36, 66, "c")
        + box(108, 122, 38, 36, "b", 1)
        + line("M127 122v36M108 140h38", "f")
        + disc(82, 158, 3, "w")
    )


@motif
def bridge() -> str:
    """A bridge of three arches over water."""
    return (
        shape(
            "M6 96Q100 62 194 96v64h-22q0 -32 -22 -32t-22 32"
            "h-8q0 -40 -24 -40t-24 40h-8q0 -32 -22 -32t-22 32H6z",
            "c",
        )
        + shape("M2 84Q100 48 198 84v14Q100 62 2 98z", "m")
        + line("M14 176q10 -8 20 0t20 0t20 0t20 0t20 0t20 0t20 0t20 0M44 190q10 -8 20 0t20 0t20 0t20 0t20 0")
    )


@motif
def path() -> str:
    """A path that winds to a low hill."""
    return (
        shape("M4 108Q60 66 108 96Q150 70 196 104V190H4z", "c")
        + shape(
            "M60 190Q70 158 112 148Q150 138 116 124Q96 116 106"
            " 97Q116 110 138 120Q178 140 132 158Q112 168 118 190z"
        )
        + disc(154, 52, 18, "b")
        + line("M42 140v-22M160 186v-18")
        + disc(42, 108, 14, "m")
        + disc(160, 158, 12, "m")
    )


@motif
def signpost() -> str:
    """A post with two arms that disagree."""
    return (
        box(92, 20, 16, 170, "m", 4)
        + shape("M40 40h110l26 20l-26 20H40z", "c")
        + shape("M160 94H50l-26 20l26 20h110z", "w")
        + line("M56 60h76", "w")
        + written(68, 114, (70,))
        + line("M64 190h72")
    )


# Furniture


@motif
def desk() -> str:
    """An enquiry desk with a lamp, a bell and some books."""
    return (
        box(24, 110, 152, 80, "t")
        + box(38, 124, 54, 54, "w")
        + box(108, 124, 54, 54, "w")
        + box(12, 96, 176, 16, "c")
        + box(24, 82, 50, 13, "m", 2)
        + box(28, 68, 42, 13, "w", 2)
        + shape("M94 96q0 -20 18 -20t18 20z", "b")
        + line("M112 76v-6")
        + line("M156 96V52")
        + shape("M132 54q2 -26 24 -26t24 26z", "c")
    )


@motif
def table() -> str:
    """A round table seen from the side, with something left on it."""
    return (
        line("M92 104L64 190M108 104L136 190", "k")
        + shape("M78 146h44l4 12h-52z", "m")
        + box(10, 88, 180, 18, "c", 9)
        + box(34, 74, 52, 13, "t", 2)
        + box(40, 61, 42, 12, "w", 2)
        + shape("M118 60h34v14q0 14 -12 14h-10q-12 0 -12 -14z", "w")
        + line("M152 66q14 -2 12 8t-14 6")
    )


@motif
def chair() -> str:
    """A wooden chair with a padded back."""
    return (
        line("M62 60V190M138 60V190M42 130V190M158 130V190", "k")
        + box(54, 18, 92, 74, "c", 14)
        + box(68, 32, 64, 46, "m", 8)
        + shape("M54 110h92l18 26H36z", "t")
        + box(34, 134, 132, 12, "c", 5)
    )


@motif
def bench() -> str:
    """A bench in a park, empty."""
    return (
        line("M44 60V190M156 60V190", "k")
        + box(16, 58, 168, 18, "c", 4)
        + box(16, 84, 168, 18, "c", 4)
        + box(8, 120, 184, 20, "m", 4)
        + line("M30 140v50M170 140v50", "k")
        + line("M44 166h112")
    )


@motif
def lamp() -> str:
    """A reading lamp with its light on."""
    return (
        shape("M58 84L24 190H176L142 84z", "b pale")
        + line("M100 84V178", "k")
        + box(64, 176, 72, 14, "c", 7)
        + shape("M84 84q0 16 16 16t16 -16z", "b")
        + shape("M48 86Q52 34 88 32h24Q148 34 152 86z", "c")
        + line("M128 88v26", "f")
        + disc(128, 118, 4, "b")
    )


@motif
def shelf() -> str:
    """A bookcase of three shelves; one book leans."""
    return (
        box(22, 14, 156, 176, "c")
        + box(34, 26, 132, 44, "t", 1)
        + box(34, 80, 132, 44, "t", 1)
        + box(34, 134, 132, 44, "t", 1)
        + box(42, 34, 16, 36, "w", 1)
        + box(58, 30, 14, 40, "m", 1)
        + box(72, 38, 18, 32, "c", 1)
        + box(90, 32, 12, 38, "w", 1)
        + turned(18, box(112, 34, 14, 36, "m", 1), 119, 70)
        + box(84, 88, 16, 36, "m", 1)
        + box(100, 84, 20, 40, "w", 1)
        + box(120, 92, 14, 32, "c", 1)
        + box(134, 86, 22, 38, "m", 1)
        + box(42, 146, 26, 32, "m", 1)
        + box(68, 140, 14, 38, "c", 1)
        + box(82, 144, 18, 34, "w", 1)
        + box(112, 166, 44, 12, "w", 1)
        + box(116, 154, 36, 12, "c", 1)
    )


@motif
def noticeboard() -> str:
    """A board with four notices and their pins."""
    note = box(0, 0, 44, 44, "w", 1) + written(8, 16, (28, 20, 26), 9) + disc(22, 3, 4, "r")
    return (
        box(12, 28, 176, 138, "c")
        + box(24, 40, 152, 114, "m", 1)
        + moved(36, 52, turned(-4, note, 22, 22))
        + moved(120, 50, turned(3, note, 22, 22))
        + box(88, 60, 24, 32, "t", 1)
        + moved(62, 104, note, 0.9)
        + box(116, 106, 44, 36, "t", 1)
        + disc(138, 110, 4, "d")
        + disc(100, 64, 4, "d")
    )


@motif
def ladder() -> str:
    """A ladder of six rungs."""
    rungs = "".join(box(66 - i * 3 + 2, 38 + i * 25, 64 + i * 6, 10, "m", 4) for i in range(6))
    return rungs + shape("M62 14h12L54 190H40z", "c") + shape("M126 14h12L160 190h-14z", "c")


@motif
def rug() -> str:
    """A rug and three wooden bricks."""
    return (
        shape("M34 140h132l30 46H4z", "c")
        + shape("M48 150h104l18 26H30z", "t")
        + box(62, 118, 40, 40, "w")
        + box(104, 122, 36, 36, "m")
        + shape("M64 116l18 -32l18 32z", "c")
        + disc(122, 140, 9, "w")
        + box(76, 130, 12, 16, "m", 1)
    )


# Things on a desk


@motif
def kettle() -> str:
    """A kettle that has just boiled."""
    return (
        line("M62 86C44 22 142 22 126 86", "k")
        + shape("M140 128L178 92l12 10L150 168z", "m")
        + shape("M44 186q-14 -66 20 -96q30 -22 60 0q34 30 20 96q-50 8 -100 0z", "c")
        + shape("M66 92q28 -18 56 0z", "m")
        + disc(94, 78, 6, "w")
        + line("M62 116q-10 22 -6 46", "w")
        + line("M176 78q-8 -10 0 -20t0 -20M192 82q-8 -10 0 -20t0 -18", "f")
    )


@motif
def cup() -> str:
    """A cup of tea."""
    return (
        line("M142 98h12q22 0 22 24t-24 24h-16", "k")
        + shape("M36 84H146V132Q146 176 112 176H70Q36 176 36 132z", "c")
        + oval(91, 84, 55, 12, "t")
        + oval(91, 87, 44, 7, "m")
        + box(18, 176, 146, 12, "w", 6)
        + line("M72 62q-10 -12 0 -24t0 -22M106 62q-10 -12 0 -24t0 -22", "f")
        + line("M52 112q0 30 16 46", "w")
    )


@motif
def book() -> str:
    """An open book."""
    half = shape("M100 66Q64 40 20 52V156Q64 146 100 168z", "w") + line(
        "M36 74q26 -4 48 8M36 94q26 -4 48 8M36 114q26 -4 48 8M36 134q16 -2 32 3", "f"
    )
    return (
        shape("M10 62h180v116H112q-4 10 -12 10t-12 -10H10z", "c")
        + half
        + mirrored(half)
        + shape("M126 62v52l10 -8l10 8V56z", "r")
    )


@motif
def card() -> str:
    """An index card with its rubric rule, and one behind."""
    return turned(7, box(26, 48, 152, 106, "t", 4)) + turned(
        -4,
        box(20, 54, 160, 112, "w", 4)
        + line("M36 78h62", "k")
        + line("M20 96h160", "r")
        + written(36, 112, (120, 104, 70), 15)
        + disc(100, 154, 4, "t"),
    )


@motif
def notebook() -> str:
    """A notebook with a spiral and a label."""
    rings = "".join(line(f"M40 {y}h22") + disc(62, y, 3, "d") for y in range(40, 180, 20))
    return (
        box(56, 22, 116, 168, "t", 6)
        + box(48, 16, 116, 168, "c", 6)
        + rings
        + box(84, 44, 62, 44, "w")
        + line("M92 58h46", "r")
        + written(92, 70, (46, 30), 9)
        + line("M146 16v168", "w")
    )


@motif
def pencil() -> str:
    """A pencil and the line that it has drawn."""
    return turned(
        45,
        box(84, -6, 32, 18, "r", 5)
        + box(84, 12, 32, 14, "t", 1)
        + box(84, 26, 32, 112, "c", 1)
        + line("M95 28v108M106 28v108", "w")
        + shape("M84 138h32l-16 38z", "w")
        + shape("M94 162h12l-6 14z", "d"),
    ) + line("M46 154q-22 22 4 26t34 0t34 0t30 2", "k")


@motif
def envelope() -> str:
    """A letter with a seal."""
    return (
        box(18, 46, 164, 116, "w", 4)
        + line("M20 160l58 -56M180 160l-58 -56")
        + shape("M18 50q0 -4 4 -4h156q4 0 4 4l-82 72z", "t")
        + disc(100, 116, 17, "c")
        + line("M92 116l6 7l11 -13", "w")
    )


@motif
def phone() -> str:
    """A telephone on a desk."""
    return (
        shape("M52 92h96l30 82q4 14 -12 14H34q-16 0 -12 -14z", "c")
        + disc(100, 138, 34, "w")
        + disc(100, 138, 11, "m")
        + "".join(turned(a, disc(100, 115, 5, "d"), 100, 138) for a in range(-120, 150, 40))
        + shape(
            "M14 72Q16 26 100 26T186 72q0 16 -14 16h-24q-12 0 -12"
            " -14q0 -12 -36 -12t-36 12q0 14 -12 14H28q-14 0 -14 -16z",
            "m",
        )
    )


@motif
def computer() -> str:
    """A screen, showing a page, and its keys."""
    return (
        box(26, 24, 148, 108, "c", 8)
        + box(38, 36, 124, 84, "w", 2)
        + line("M50 54h60", "k")
        + line("M50 66h100", "r")
        + written(50, 82, (92, 74, 50), 13)
        + shape("M86 132h28l6 24H80z", "m")
        + shape("M34 160h132l16 28H18z", "t")
        + line("M44 170h112M38 179h124", "f")
    )


@motif
def radio() -> str:
    """A kitchen radio."""
    return (
        line("M52 66L118 14", "k")
        + line("M58 68q0 -16 16 -16h52q16 0 16 16")
        + box(14, 66, 172, 118, "c", 12)
        + disc(64, 124, 38, "t")
        + line("M64 96v56M46 102v44M82 102v44M32 116v18M96 116v18", "f")
        + box(116, 84, 56, 28, "w")
        + line("M124 102h40M146 90v18", "f")
        + disc(128, 142, 12, "m")
        + disc(160, 142, 12, "m")
        + line("M34 184v6M166 184v6", "k")
    )


@motif
def microphone() -> str:
    """A microphone on a short stand."""
    return (
        line("M54 84v16q0 46 46 46t46 -46V84", "k")
        + line("M100 146v34", "k")
        + box(58, 176, 84, 14, "c", 7)
        + box(70, 14, 60, 112, "c", 30)
        + shape("M70 70V44q0 -30 30 -30t30 30v26z", "t")
        + line("M78 38h44M72 54h56M100 16v54M85 22v46M115 22v46", "f")
    )


@motif
def camera() -> str:
    """A camera."""
    return (
        shape("M62 60l14 -24h48l14 24z", "m")
        + box(14, 58, 172, 122, "c", 12)
        + box(14, 84, 172, 66, "t", 0)
        + disc(100, 118, 48, "w")
        + disc(100, 118, 33, "c")
        + disc(100, 118, 14, "d")
        + line("M82 110q4 -12 14 -14", "w")
        + box(146, 66, 26, 12, "w", 2)
        + box(28, 48, 26, 11, "m", 2)
    )


@motif
def scales() -> str:
    """A pair of scales, nearly level."""
    pan = line("M0 0l-28 62M0 0l28 62", "f") + shape("M-34 62h68q-4 26 -34 26t-34 -26z", "m")
    return (
        box(93, 28, 14, 150, "c", 4)
        + box(58, 176, 84, 14, "c", 5)
        + line("M30 52L170 36", "k")
        + disc(100, 42, 11, "w")
        + moved(34, 52, pan)
        + moved(166, 37, pan)
        + box(152, 76, 28, 22, "w", 2)
    )


@motif
def jar() -> str:
    """A jar of folded slips."""
    return (
        shape("M50 54h100v8q18 10 18 30v78q0 20 -20 20H52q-20 0 -20 -20V92q0 -20 18 -30z", "w")
        + turned(-16, box(50, 136, 48, 32, "m", 2))
        + turned(12, box(102, 140, 46, 32, "t", 2), 125, 156)
        + turned(24, box(62, 98, 46, 30, "t", 2), 85, 113)
        + turned(-8, box(96, 108, 50, 30, "c", 2), 121, 123)
        + line("M46 100v54", "f")
        + box(44, 24, 112, 30, "c", 6)
        + line("M58 32v14M72 32v14M86 32v14M100 32v14M114 32v14M128 32v14M142 32v14", "w")
    )


@motif
def tin() -> str:
    """A biscuit tin with its lid beside it."""
    return (
        box(18, 96, 116, 94, "c", 6)
        + oval(76, 96, 58, 18, "t")
        + disc(56, 90, 14, "b")
        + disc(92, 88, 15, "b")
        + line("M52 90h1M60 86h1M88 86h1M96 92h1", "k")
        + shape("M18 96q0 18 58 18t58 -18v18q0 18 -58 18t-58 -18z", "m")
        + turned(20, oval(160, 146, 17, 44, "m") + oval(156, 146, 17, 44, "t"), 160, 146)
        + line("M40 156h72M48 170h56", "w")
    )


@motif
def stamp() -> str:
    """A date stamp and the slip that it marked."""
    return (
        box(16, 66, 92, 122, "w")
        + line("M16 92h92", "r")
        + line("M62 92v96M16 112h92M16 132h92M16 152h92M16 172h92", "f")
        + line("M24 104h28M24 124h30M24 144h26", "k")
        + turned(
            16,
            disc(142, 42, 21, "c")
            + shape("M132 60h20l6 46h-32z", "c")
            + box(108, 106, 68, 32, "m", 4)
            + box(112, 138, 60, 12, "d", 1),
            142,
            100,
        )
    )


@motif
def key() -> str:
    """A key with a paper label."""
    return turned(
        -38,
        line("M40 100q-26 30 -6 54", "f")
        + turned(24, box(14, 146, 54, 34, "w", 4) + written(24, 160, (34, 22), 9), 40, 160)
        + box(78, 90, 110, 20, "c", 4)
        + box(146, 108, 14, 26, "c", 2)
        + box(168, 108, 14, 20, "c", 2)
        + disc(54, 100, 38, "c")
        + disc(54, 100, 17, "w"),
    )


@motif
def glasses() -> str:
    """Reading glasses on a folded page."""
    return (
        shape("M24 176L54 76h132l-20 100z", "w")
        + written(74, 94, (84, 84), 13)
        + line("M26 128q-14 -50 10 -62M174 128q14 -50 -10 -62", "k")
        + disc(56, 136, 34, "t")
        + disc(144, 136, 34, "t")
        + line("M90 132q10 -12 20 0", "k")
        + line("M38 138q2 -14 14 -18M126 138q2 -14 14 -18", "f")
    )


@motif
def flask() -> str:
    """A flask and its cup."""
    return (
        box(56, 50, 64, 140, "c", 10)
        + box(64, 30, 48, 22, "m", 3)
        + box(56, 92, 64, 60, "t", 0)
        + line("M70 108h36M70 122h36M70 136h22", "f")
        + shape("M134 136h48l-6 54h-36z", "m")
        + line("M182 148q14 2 10 14t-14 8")
        + line("M150 122q-8 -10 0 -20t0 -18M168 122q-8 -10 0 -20t0 -18", "f")
    )


@motif
def newspaper() -> str:
    """A folded newspaper."""
    return (
        box(40, 34, 146, 150, "t")
        + box(16, 44, 150, 146, "w")
        + line("M32 66h118", "k")
        + line("M32 80h118", "r")
        + box(32, 94, 54, 44, "m", 1)
        + written(98, 100, (52, 52, 40, 52), 12)
        + written(32, 154, (118, 118, 70), 12)
    )


@motif
def bell() -> str:
    """A bell for a desk."""
    return (
        line("M100 66V46", "k")
        + disc(100, 42, 10, "w")
        + shape("M28 152Q30 66 100 66T172 152z", "b")
        + box(14, 152, 172, 16, "c", 6)
        + box(40, 168, 120, 20, "m", 4)
        + line("M52 136q4 -36 32 -48", "w")
        + line("M32 52l-14 -12M168 52l14 -12M56 34l-6 -14M144 34l6 -14")
    )


@motif
def plant() -> str:
    """A plant in a pot, doing well."""
    return (
        line("M100 136V66M100 112q-30 -6 -42 -28M100 98q30 -8 40 -30", "k")
        + shape("M100 76q-26 -22 0 -64q26 42 0 64z", "c")
        + shape("M60 88q-44 2 -46 -36q42 -4 46 36z", "m")
        + shape("M138 72q2 -40 48 -36q-2 42 -48 36z", "c")
        + shape("M98 118q-34 14 -50 -12q32 -18 50 12z", "c")
        + shape("M104 110q30 16 50 -8q-30 -20 -50 8z", "m")
        + shape("M58 146h84l-12 44H70z", "t")
        + box(50, 130, 100, 20, "w")
    )


@motif
def coins() -> str:
    """Two small piles of coins."""

    def pile(x: int, height: int) -> str:
        edge = "".join(
            shape(f"M{x - 38} {y}v14q0 10 38 10t38 -10v-14z", "b") for y in range(166, 166 - 18 * height, -18)
        )
        top = 166 - 18 * (height - 1)
        return edge + oval(x, top, 38, 10, "b") + oval(x, top, 22, 5, "t")

    return pile(54, 3) + pile(142, 6) + disc(56, 96, 22, "b") + disc(56, 96, 12, "t")


@motif
def lightbulb() -> str:
    """A bulb that is on."""
    return (
        shape("M80 142q0 -18 -16 -34Q44 62 72 40q28 -20 56 0q28 22 8 68q-16 16 -16 34z", "b")
        + line("M88 142l-6 -40l10 8l8 -8l8 8l10 -8l-6 40", "f")
        + box(78, 142, 44, 14, "c", 3)
        + box(78, 156, 44, 14, "c", 3)
        + shape("M86 170h28l-6 12h-16z", "d")
        + line("M100 18V6M42 38l-9 -9M158 38l9 -9M30 92H16M170 92h14")
    )


# Keeping time, finding the way


@motif
def clock() -> str:
    """A clock at ten past ten."""
    hours = "".join(turned(a, line("M100 42v10"), 100, 100) for a in range(0, 360, 30))
    return (
        disc(100, 100, 84, "c")
        + disc(100, 100, 66, "w")
        + hours
        + line("M100 100L70 82", "k")
        + line("M100 100L132 66", "k")
        + disc(100, 100, 6, "r")
    )


@motif
def calendar() -> str:
    """A month with one day marked."""
    days = "".join(
        box(44 + 30 * x, 88 + 30 * y, 20, 20, "c" if (x, y) == (2, 1) else "t", 2)
        for y in range(3)
        for x in range(4)
        if (x, y) != (0, 0)
    )
    return (
        box(26, 34, 148, 150, "w", 6)
        + shape("M26 72V40q0 -6 6 -6h136q6 0 6 6v32z", "c")
        + line("M60 20v28M140 20v28", "k")
        + days
        + turned(0, line("M98 114l30 30M128 114l-30 30", "r"))
    )


@motif
def map_() -> str:
    """A folded map with a way and a pin."""
    return (
        shape("M14 52L70 34V164L14 182z", "w")
        + shape("M70 34L130 52V182L70 164z", "t")
        + shape("M130 52L186 34V164L130 182z", "w")
        + line("M28 158q24 -4 30 -30t34 -24t32 22t26 -14", "a")
        + line("M32 84q16 -10 26 2t12 18M146 150q12 -14 28 -10", "f")
        + shape("M152 118q-26 -32 -26 -48q0 -24 26 -24t26 24q0 16 -26 48z", "c")
        + disc(152, 70, 10, "w")
    )


# On the road


@motif
def bus() -> str:
    """A bus, seen from the side."""
    panes = "".join(box(x, 64, 32, 40, "t", 4) for x in (22, 60, 98))
    return (
        box(8, 46, 184, 124, "c", 14)
        + panes
        + box(138, 64, 44, 96, "w", 4)
        + line("M160 64v96", "f")
        + box(8, 116, 126, 12, "m", 0)
        + disc(52, 168, 22, "d")
        + disc(52, 168, 9, "w")
        + disc(118, 168, 22, "d")
        + disc(118, 168, 9, "w")
        + box(186, 138, 8, 14, "b", 2)
        + box(60, 32, 70, 16, "w", 3)
    )


@motif
def van() -> str:
    """A library van with its side open."""
    return (
        shape("M8 50q0 -8 8 -8h120v128H8z", "c")
        + shape("M136 74h26q8 0 14 12l16 34v50H136z", "m")
        + shape("M146 84h16l14 32h-30z", "t")
        + box(22, 60, 96, 62, "t", 2)
        + "".join(box(28 + 12 * i, 68 + 5 * (i % 3), 11, 54 - 5 * (i % 3), "wmcwmwc"[i], 1) for i in range(7))
        + shape("M16 60h108l8 -20H8z", "w")
        + disc(48, 170, 20, "d")
        + disc(48, 170, 8, "w")
        + disc(154, 170, 20, "d")
        + disc(154, 170, 8, "w")
        + box(186, 138, 8, 12, "b", 2)
    )


@motif
def bicycle() -> str:
    """A bicycle with books in its basket."""
    wheel = disc(0, 0, 38, "t") + disc(0, 0, 5, "d")
    return (
        moved(46, 150, wheel)
        + moved(154, 150, wheel)
        + line("M46 150L74 92H140L94 150H46M94 150L70 78M154 150L134 70", "k")
        + line("M134 70q4 -10 20 -6", "k")
        + disc(94, 150, 10, "c")
        + shape("M50 78q0 -8 10 -8h28q6 0 2 8z", "c")
        + box(150, 62, 12, 30, "w", 1)
        + box(162, 56, 12, 30, "m", 1)
        + shape("M142 80h44l-6 30h-32z", "c")
    )


@motif
def trolley() -> str:
    """A book trolley."""

    def row(y: int) -> str:
        heights = (34, 40, 30, 38, 34, 40, 32)
        return "".join(
            box(38 + 18 * i, y - h, 17, h, "wcmwtmc"[(i + y) % 7], 1) for i, h in enumerate(heights)
        )

    return (
        line("M28 40V176M172 40V176M28 44H12", "k")
        + row(92)
        + row(156)
        + box(22, 92, 156, 12, "c")
        + box(22, 156, 156, 12, "c")
        + disc(40, 180, 10, "d")
        + disc(160, 180, 10, "d")
    )


@motif
def pushchair() -> str:
    """A pushchair for two."""
    return (
        line("M178 40l-22 10L116 150M156 50L60 158M130 112L150 160", "k")
        + shape("M24 86Q26 36 82 30L92 86z", "c")
        + shape("M24 86H132L116 138Q112 148 100 148H62Q30 142 24 86z", "m")
        + line("M56 40q8 22 8 46", "w")
        + disc(60, 168, 21, "d")
        + disc(60, 168, 8, "w")
        + disc(150, 168, 21, "d")
        + disc(150, 168, 8, "w")
        + disc(112, 80, 15, "t")
    )


# Weather and what grows


@motif
def tree() -> str:
    """A tree."""
    return (
        shape("M88 190q8 -40 2 -76h20q-6 36 4 76z", "m")
        + shape(
            "M54 132q-38 -4 -36 -40q2 -28 30 -32q4 -44 50 -46q46 -2"
            " 54 40q32 4 32 38q-2 36 -40 40q-20 16 -44 2q-22 14 -46 -2z",
            "c",
        )
        + line("M70 84q6 -16 22 -18M114 110q16 0 24 -14M56 108q8 6 16 4", "w")
    )


@motif
def seed() -> str:
    """A seed that has come up."""
    return (
        shape("M10 130Q100 96 190 130V190H10z", "m")
        + line("M100 156V66", "k")
        + shape("M100 74Q50 76 38 26Q94 22 100 74z", "c")
        + shape("M100 88Q104 40 164 44Q160 94 100 88z", "t")
        + line("M100 74Q76 52 60 44M100 88Q124 66 142 60", "f")
        + shape("M100 142q20 12 12 28q-12 12 -24 0q-8 -16 12 -28z", "w")
        + line("M90 174l-10 10M104 176l4 10M42 150h8M150 160h8M146 138h6M56 172h6", "f")
    )


@motif
def spade() -> str:
    """A spade, put in the ground."""
    return (
        shape("M66 96h68v46q0 30 -34 48q-34 -18 -34 -48z", "c")
        + box(92, 40, 16, 78, "m", 4)
        + shape("M68 14h64q6 0 4 8l-10 20q-2 4 -8 4H82q-6 0 -8 -4L64 22q-2 -8 4 -8z", "m")
        + shape("M84 24h32l-6 12H90z", "w")
        + line("M80 124v16q0 14 10 24", "w")
        + shape("M6 190q14 -30 40 -26q18 -16 34 2q24 22 46 4q18 -22 38 -4q22 -4 30 24z", "t")
    )


@motif
def sun() -> str:
    """The sun."""
    rays = "".join(turned(a, shape("M92 40l8 -30l8 30z", "b"), 100, 100) for a in range(0, 360, 30))
    return rays + disc(100, 100, 50, "b")


@motif
def moon() -> str:
    """The moon and three stars."""

    def star(x: float, y: float, r: float) -> str:
        i = r * 0.3
        return shape(
            f"M{x} {y - r}L{x + i} {y - i}L{x + r} {y}L{x + i} {y + i}"
            f"L{x} {y + r}L{x - i} {y + i}L{x - r} {y}L{x - i} {y - i}z",
            "w",
        )

    return (
        shape("M112 16A84 84 0 1 0 178 130A70 70 0 0 1 112 16z", "b")
        + star(150, 54, 18)
        + star(178, 92, 11)
        + star(128, 92, 10)
    )


@motif
def rain() -> str:
    """A cloud and its rain."""
    drops = "".join(
        shape(f"M{x} {y}q-11 18 -11 25q0 10 11 10t11 -10q0 -7 -11 -25z", "c")
        for x, y in ((54, 124), (100, 134), (146, 124), (76, 154), (124, 154))
    )
    return (
        shape("M50 110q-34 0 -36 -30q0 -28 32 -30q8 -36 48 -36q38 0 46 34q44 -2 46 32q-2 30 -36 30z", "t")
        + drops
    )


@motif
def umbrella() -> str:
    """An umbrella, open."""
    return (
        line("M100 100V166q0 22 -20 22t-18 -20", "k")
        + line("M100 20V8", "k")
        + shape(
            "M12 108Q16 20 100 20T188 108q-14 -16 -30 -16t-29"
            " 16q-13 -16 -29 -16t-29 16q-13 -16 -29 -16t-30 16z",
            "c",
        )
        + shape("M71 108Q74 44 100 20q26 24 29 88q-13 -16 -29 -16t-29 16z", "m")
    )


# People and their talk


@motif
def ear() -> str:
    """An ear and what it hears."""
    return (
        shape(
            "M92 178C70 168 86 138 76 118C56 78 70 20 120 20C168 20 186"
            " 66 168 104C156 128 146 134 142 152C138 180 114 190 92 178z",
            "t",
        )
        + shape(
            "M96 98C82 66 96 44 120 44C146 44 156 70 144 94C134 112 126 116"
            " 122 134C118 148 104 144 106 132C110 116 118 112 116 98Q110 84 96 98z",
            "m",
        )
        + line("M50 66q-12 32 0 64M28 52q-20 46 0 92", "k")
    )


@motif
def speech() -> str:
    """Two people's words, one after the other."""
    return (
        shape("M20 20h112q12 0 12 12v56q0 12 -12 12H66L38 126V100H20q-12 0 -12 -12V32q0 -12 12 -12z", "c")
        + line("M28 44h94M28 60h80M28 76h54", "w")
        + shape("M86 84h94q12 0 12 12v50q0 12 -12 12h-16v26l-28 -26H86q-12 0 -12 -12V96q0 -12 12 -12z", "w")
        + written(92, 106, (82, 70, 44), 15)
    )


@motif
def question() -> str:
    """A question on a card."""
    return (
        box(34, 14, 132, 172, "w", 5)
        + line("M34 44h132", "r")
        + shape(
            "M66 92Q66 60 100 60T134 92Q134 110 116 118Q110 122 110"
            " 134H90Q88 112 102 106Q114 100 114 92Q114 78 100 78T86 92z",
            "c",
        )
        + disc(100, 154, 12, "c")
    )


@motif
def two_people() -> str:
    """Two people side by side."""
    return person(56, 190, "m", "d", long=True) + person(142, 190, "c", "w")


@motif
def three_people() -> str:
    """Three people, one in front."""
    return (
        moved(0, 6, person(42, 184, "m", "w"))
        + moved(0, 6, person(158, 184, "t", "d", long=True, face="w"))
        + moved(-12, -22.8, person(100, 190, "c", "d"), 1.12)
    )


@motif
def child() -> str:
    """A child reading on the way."""
    return (
        line("M84 150v32M116 150v32", "k")
        + box(70, 178, 24, 12, "d", 5)
        + box(106, 178, 24, 12, "d", 5)
        + shape("M74 84h52l18 70H56z", "c")
        + shape("M74 88q-26 12 -24 34l34 6v-14zM126 88q26 12 24 34l-34 6v-14z", "m")
        + shape("M100 104Q84 94 62 100v34q22 -6 38 4q16 -10 38 -4v-34q-22 -6 -38 4z", "w")
        + line("M100 104v34", "f")
        + disc(100, 50, 36, "t")
        + shape("M62 54Q60 8 100 10T138 54Q130 42 124 30Q100 44 76 32Q70 46 62 54z", "d")
        + disc(60, 34, 11, "d")
        + disc(140, 34, 11, "d")
    )


@motif
def hands() -> str:
    """One hand gives a card, another takes it."""
    hand = (
        shape(
            "M28 96q18 -16 40 -12l42 4q10 2 10 9t-12 8l-24 1l28 4q10 2 9 10t-14 7l-34 -3q-22 22 -45 4z", "t"
        )
        + shape("M4 84h28v50H4z", "c")
        + box(26, 80, 12, 58, "w", 2)
    )
    return (
        turned(-8, box(58, 52, 84, 58, "w") + line("M58 68h84", "r") + written(68, 80, (58, 40), 11), 100, 90)
        + moved(0, 2, hand)
        + moved(0, 26, mirrored(hand))
    )


@motif
def hand() -> str:
    """A hand that is up."""
    fingers = "".join(
        turned(a, box(x, y, 21, 90, "t", 10), x + 10, 130)
        for x, y, a in ((60, 34, -12), (81, 20, -3), (102, 24, 5), (122, 40, 14))
    )
    return (
        fingers
        + shape("M152 118q8 -14 18 -8t4 22q-12 30 -34 40l-16 -20z", "t")
        + shape("M62 100h82v44q0 22 -22 22H84q-22 0 -22 -22z", "t flat")
        + line("M61 98v46q0 22 22 22h40q12 0 20 -8")
        + line("M84 128q14 -10 34 -4", "f")
        + box(76, 158, 56, 12, "w", 2)
        + box(68, 168, 72, 22, "c")
    )


@motif
def cat() -> str:
    """The cat that belongs to the building."""
    return (
        line("M140 178q48 4 42 -36q-4 -18 -18 -14", "k")
        + shape("M66 92Q38 130 46 190H148Q160 128 122 92z", "c")
        + shape("M74 132q20 14 40 0q10 30 4 58H70q-6 -28 4 -58z", "t")
        + line("M94 150v40", "f")
        + shape("M50 28L72 44Q94 36 116 44L138 28Q148 66 138 84Q122 106 94 106T50 84Q40 66 50 28z", "c")
        + line("M68 70q8 8 16 0M104 70q8 8 16 0", "w")
        + shape("M88 82h12l-6 7z", "t")
        + line("M58 86H34M60 92l-22 8M130 86h24M128 92l22 8", "f")
    )


# What is carried


@motif
def box_() -> str:
    """An open box of books."""
    return (
        box(52, 54, 22, 70, "c", 1)
        + box(76, 42, 18, 80, "w", 1)
        + turned(10, box(100, 48, 22, 76, "m", 1), 110, 124)
        + box(128, 60, 20, 60, "c", 1)
        + shape("M26 104h148v86H26z", "t")
        + shape("M26 104L4 132h50l30 -28zM174 104l22 28h-50l-30 -28z", "m")
        + box(74, 146, 52, 26, "w")
        + written(82, 156, (36, 24), 8)
    )
