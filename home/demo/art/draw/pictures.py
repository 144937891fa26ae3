"""Four pictures for texts. Coordinates are those of a sheet 1600 wide."""

from collections.abc import Callable

from .layouts import GROUND, INK, INK_2, ON_CLOTH, SUNK, Text, page, palette, rect, rule
from .motifs import MOTIFS, box, disc, line, moved, oval, person, shape, turned, written

WIDE, HIGH = 1600, 900

NOTICES = [  # left, top, width, height, what it says; nine say what one mustn't
    (556, 262, 96, 84, "No food or drink"),
    (662, 270, 94, 100, "No dogs except assistance dogs"),
    (556, 358, 96, 72, "No cash"),
    (662, 388, 94, 124, "No returns through this slot on Sundays"),
    (556, 444, 96, 76, "No bicycles"),
    (622, 534, 122, 70, "No telephone calls"),
    (844, 264, 96, 80, "No ball games"),
    (950, 262, 94, 90, "No bags on the tables"),
    (846, 358, 98, 90, "No entry after half past five"),
    (954, 366, 92, 156, "Opening hours 1 June to 31 August"),
    (850, 470, 98, 144, "Silver Surfers computer class"),
]


def scene(inside: str) -> str:
    """What is drawn in the manner of the motifs."""
    return f'<g class="motif even">{inside}</g>'


def put(name: str, x: float, floor: float, size: float) -> str:
    """A motif in a larger picture, on its floor; x is its middle."""
    return moved(x - size / 2, floor - size * 0.95, MOTIFS[name](), size / 200)


def figure(
    coat: str = "c",
    hair: str = "d",
    stride: float = 0,
    arms: tuple[float, float] = (0, 0),
    view: str = "side",
    long: bool = False,
    face: str = "t",
    legs: str = "d",
) -> str:
    """A person 300 high, the feet at 0, 0; from the side (looking to the right), the front or the back."""

    def limb(x: float, y: float, angle: float, drawn: str) -> str:
        return moved(x, y, turned(angle, drawn, 0, 0))

    toe = {"side": -12, "front": -17, "back": -17}[view]
    leg = box(-14, 0, 28, 112, legs, 10) + box(toe, 104, 34 if view != "side" else 40, 20, "d", 9)
    arm = box(-12, 0, 24, 88, coat, 12) + disc(0, 96, 12, face) + box(-12, 74, 24, 12, "w", 3)
    apart = 8 if view == "side" else 17
    shoulder = 6 if view == "side" else 40
    head = disc(0, -268, 32, hair if view == "back" else face)
    if view == "side":
        hair_drawn = shape(
            "M-30 -256q-10 -50 30 -50q26 0 30 22q-18 8 -32 2q0 22 -12 44q-12 -4 -16 -18z", hair
        )
        head += disc(31, -262, 6, face) + disc(0, -268, 32, face + " flat") + hair_drawn
    elif view == "front":
        head += shape("M-33 -268q-4 -42 33 -42t33 42q-10 -4 -16 -18q-26 10 -50 18z", hair)
    behind = shape("M-33 -284q-12 50 -8 78h52q-4 -40 -14 -70z", hair) if long and view == "side" else ""
    over = shape("M-34 -276q-8 44 -2 74h72q6 -30 -2 -74z", hair) if long and view == "back" else ""
    if long and view == "front":
        behind = shape("M-34 -276q-10 44 -4 76h76q6 -32 -4 -76z", hair)
    trunk = "M-30 -234q30 -14 60 0l8 122h-76z" if view == "side" else "M-44 -232q44 -16 88 0l4 120h-96z"
    return (
        limb(-shoulder if view != "side" else 0, -222, arms[0], arm)
        + limb(-apart, -122, -stride, leg)
        + limb(apart, -122, stride, leg)
        + behind
        + shape(trunk, coat)
        + box(-12, -246, 24, 16, hair if view == "back" else face, 4)
        + head
        + over
        + limb(shoulder if view != "side" else 0, -222, arms[1], arm)
    )


def spines(x: float, floor: float, room: float, start: int = 0, high: float = 90) -> str:
    """A row of books, no two neighbours alike."""
    drawn, at = "", x
    while True:
        i = start + len(drawn) // 10
        w, h = 16 + i * 7 % 13, high * (0.72 + i * 5 % 8 / 28)
        if at + w > x + room:
            return drawn
        drawn += box(round(at, 1), round(floor - h, 1), w, round(h, 1), "cwmtcmw"[i * 3 % 7], 1)
        if i % 3 == 0:
            drawn += line(f"M{at + 5:g} {floor - h + 12:g}h{w - 10:g}", "f")
        at += w


def notice(number: int) -> str:
    """One notice of the door at Harrow Lane."""
    x, y, w, h, words = NOTICES[number]
    text = Text(words, (w - 12, min(h - 20, 88)), (20, 12), "sans", 1.2)
    if number == 10:
        return (
            scene(box(x, y, w, h, "b", 1) + moved(x + 26, y + 64, MOTIFS["computer"](), 0.24))
            + rect(x + 20, y - 6, 20, 12, "#fff", 'opacity=".8"')
            + Text(words, (w - 12, 62), (17, 12), "sans", 1.2).at(x + w / 2, y + 8, INK, "middle")
        )
    inside = box(x, y, w, h, "w", 1) + disc(x + w / 2, y + 7, 3, "r")
    if number == 9:
        inside += written(x + 14, y + 108, (64, 64, 64, 36), 11)
    top = y + 14 + (0 if number == 9 else max(0, (h - 20 - text.height) / 2))
    return turned((number * 7 % 5) - 2, scene(inside) + text.at(x + w / 2, top, INK, "middle"), x + w / 2, y)


def entrance(c: dict[str, str], notices: str) -> str:
    """The street side of a branch library: two lit windows, and these notices on its door."""

    def lit(x: int, start: int) -> str:
        return (
            box(x, 330, 320, 330, "d", 4)
            + f'<rect x="{x + 14}" y="344" width="292" height="302" class="pale"/>'
            + box(x + 14, 560, 292, 12, "c", 1)
            + spines(x + 22, 560, 276, start)
            + spines(x + 22, 646, 276, start + 5, 70)
            + line(f"M{x + 160} 344V646M{x + 14} 480H{x + 306}")
            + box(x - 16, 660, 352, 22, "w")
        )

    bricks = "".join(
        line(f"M{x + y % 70} {y}h34", "f") for y in range(270, 780, 62) for x in (20, 436, 1112, 1508)
    )
    leaf = box(0, 0, 280, 560, "c") + box(30, 26, 220, 390, "t", 2)
    return (
        rect(0, 0, WIDE, HIGH, SUNK)
        + scene(
            box(-20, -20, 1640, 110, "t", 0)
            + bricks
            + lit(90, 2)
            + lit(1190, 8)
            + box(440, 120, 720, 74, "c")
            + box(496, 208, 608, 596, "m")
            + moved(516, 224, leaf)
            + moved(804, 224, leaf)
            + box(576, 690, 160, 22, "d", 8)
            + box(770, 470, 12, 110, "b", 6)
            + box(818, 470, 12, 110, "b", 6)
            + box(440, 784, 720, 36, "w")
            + box(-20, 820, 1640, 120, "m", 0)
            + line("M260 820l-40 80M620 820l-14 80M980 820l14 80M1340 820l40 80", "f")
        )
        + Text("Harrow Lane Library", (680, 70), (48, 48), "head").at(800, 126, ON_CLOTH, "middle")
        + notices
    )


def door() -> str:
    """Week 1: the door at Harrow Lane with its eleven notices."""
    c = palette("oxblood")
    street = scene(put("bicycle", 240, 832, 210) + put("pushchair", 1330, 836, 170))
    return page(entrance(c, "".join(notice(i) for i in range(11))) + street, "oxblood", (WIDE, HIGH))


def desk() -> str:
    """Week 2: an enquiry desk at which somebody is being listened to."""
    c = palette("navy")
    rows = (
        box(18, 20 + i * 112, 294, 96, "t", 1) + spines(26, 116 + i * 112, 280, i * 4 + 1, 84)
        for i in range(6)
    )
    bay = box(0, 0, 330, 700, "c") + "".join(rows)
    listener = moved(900, 516, person(0, 0, "c", "d", long=True), 1.75)
    reader = moved(500, 846, figure("m", "w", arms=(-8, -38)), 1.72)
    return page(
        rect(0, 0, WIDE, HIGH, SUNK)
        + rect(0, 800, WIDE, 100, c["m"])
        + scene(
            moved(90, 120, bay)
            + moved(1180, 120, bay)
            + put("clock", 900, 250, 130)
            + put("window", 640, 420, 280)
            + put("map", 1090, 390, 140)
            + listener
            + line("M-10 800H90M420 800H1180M1510 800H1610")
            + box(640, 520, 720, 44, "c", 8)
            + box(680, 564, 640, 260, "w")
            + box(712, 596, 270, 176, "t")
            + box(1018, 596, 270, 176, "t")
            + put("lamp", 1270, 522, 190)
            + put("bell", 1130, 522, 90)
            + put("cup", 720, 522, 80)
            + put("card", 990, 534, 96)
            + put("chair", 250, 856, 280)
            + reader
            + put("plant", 1450, 856, 230)
        ),
        "navy",
        (WIDE, HIGH),
    )


RUNGS = [
    ("Manipulation", 0),
    ("Therapy", 0),
    ("Informing", 1),
    ("Consultation", 1),
    ("Placation", 1),
    ("Partnership", 2),
    ("Delegated power", 2),
    ("Citizen control", 2),
]
DEGREES = ["Nonparticipation", "Degrees of tokenism", "Degrees of citizen power"]


def ladder() -> str:
    """Week 3: Arnstein's ladder, with her names for its rungs and for the three parts of it."""
    c, step, foot = palette("ochre"), 86, 930
    drawn = rect(0, 0, WIDE, 1000, GROUND) + rect(0, foot, WIDE, 70, c["m"])
    drawn += Text("A ladder of citizen participation", (430, 300), (60, 44), "head", 1.16).at(80, 84)
    drawn += rule(84, 310, 160, c["r"], 5)
    drawn += Text(
        "The eight rungs of Sherry R. Arnstein’s drawing of 1969, from the bottom up", (400, 300), (32, 28)
    ).at(80, 336, INK_2)
    drawn += scene(box(590, 190, 28, 744, "c", 6) + box(1112, 190, 28, 744, "c", 6))
    for i, (name, degree) in enumerate(RUNGS):
        y = foot - step * (i + 1)
        drawn += scene(box(566, y, 598, 58, "wtm"[degree], 6))
        drawn += Text(i + 1, (60, 58), (32, 32), "sans strong").at(612, y + 8, INK, "middle")
        drawn += Text(name, (460, 58), (36, 36)).at(662, y + 6)
    for degree, (low, high) in enumerate(((0, 1), (2, 4), (5, 7))):
        top, end = foot - step * (high + 1), foot - step * low - 28
        drawn += scene(line(f"M1190 {top + 4}h22V{end - 4}h-22", "n"))
        words = Text(DEGREES[degree], (310, 140), (38, 30), "italic")
        drawn += words.at(1240, (top + end - words.height) / 2)
    return page(drawn + scene(put("three-people", 310, 934, 270)), "ochre", (WIDE, 1000))


def hero() -> str:
    """The course: a reading room late in the afternoon."""
    c, floor = palette("bottle"), 690
    pane = (
        box(0, 0, 190, 380, "w", 4)
        + '<path d="M14 120A81 106 0 0 1 176 120V366H14z" class="pale"/>'
        + "{sun}"
        + line("M14 120A81 106 0 0 1 176 120V366H14zM95 14V366M14 200H176M14 284H176")
        + box(-14, 380, 218, 20, "w")
    )
    bay = box(0, 0, 300, 560, "c") + "".join(
        box(16, 18 + i * 108, 268, 92, "t", 1) + spines(24, 110 + i * 108, 252, i * 5 + 2, 82)
        for i in range(5)
    )
    lamp = (
        line("M0 0V-92", "k")
        + box(-30, -12, 60, 14, "c", 6)
        + shape("M-56 -86q4 -42 40 -44h32q36 2 40 44z", "c")
    )
    light = '<path d="M-48 -86L-92 0H92L48 -86z" class="pale"/>'
    readers = (
        moved(470, 616, person(0, 0, "m", "d"), 1.5)
        + moved(800, 616, person(0, 0, "c", "w", long=True), 1.5)
        + moved(1150, 616, person(0, 0, "m", "d", long=True), 1.5)
    )
    return page(
        rect(0, 0, WIDE, 800, SUNK)
        + rect(0, floor, WIDE, 110, c["m"])
        + scene(
            moved(410, 70, pane.replace("{sun}", ""))
            + moved(705, 70, pane.replace("{sun}", ""))
            + moved(1000, 70, pane.replace("{sun}", disc(120, 150, 30, "b flat")))
            + moved(40, 134, bay)
            + moved(1260, 134, bay)
            + line("M-10 692H1610")
            + readers
            + box(330, 600, 940, 30, "c", 8)
            + line("M372 630V772M1228 630V772M420 630V740M1180 630V740", "k")
            + moved(630, 600, light + lamp)
            + moved(985, 600, light + lamp)
            + put("book", 470, 604, 108)
            + put("notebook", 1150, 604, 84)
            + put("cup", 880, 603, 54)
            + box(745, 588, 90, 12, "w", 2)
            + put("cat", 1330, 770, 130)
            + put("ladder", 130, 780, 330)
            + oval(800, 775, 250, 14, "t")
            + put("chair", 800, 780, 190)
        ),
        "bottle",
        (WIDE, 800),
    )


PICTURES: dict[str, Callable[[], str]] = {
    "course/week-01-arriving/door.png": door,
    "course/week-02-listening-first/desk.png": desk,
    "course/week-03-the-participatory-branch/ladder.png": ladder,
    "course/hero.png": hero,
}
