"""Two short silent films, a frame at a time; times are seconds, and the sheet is one of 1600 by 900."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .layouts import (
    BRASS,
    CARDLINE,
    GROUND,
    INK,
    INK_2,
    ON_CLOTH,
    RUBRIC,
    SUNK,
    Text,
    page,
    palette,
    paper_card,
    rect,
    rule,
)
from .motifs import MOTIFS, box, disc, line, moved, shape, turned
from .pictures import HIGH, NOTICES, WIDE, entrance, figure, notice, put, scene, spines

RATE = 12


@dataclass(frozen=True)
class Film:
    """How long it lasts, in which cloth, where its poster is taken, and what is seen at a time."""

    seconds: float
    cloth: str
    poster: float
    seen: Callable[[float, dict[str, str]], str]

    def frame(self, at: float) -> str:
        """What is seen at a time, as SVG."""
        inside = f'<g style="--line:.8">{self.seen(at, palette(self.cloth))}</g>'
        return page(inside, self.cloth, (960, 540), WIDE)

    def frames(self) -> Iterator[str]:
        """All of it."""
        return (self.frame(i / RATE) for i in range(round(self.seconds * RATE)))


def part(at: float, start: float, end: float) -> float:
    """How far something is that lasts from start to end, from 0 to 1, gently begun and gently ended."""
    share = min(max((at - start) / (end - start), 0), 1)
    return share * share * (3 - 2 * share)


def faded(inside: str, share: float) -> str:
    """Something that is only partly there."""
    if share <= 0:
        return ""
    return inside if share >= 1 else f'<g opacity="{share:.2f}">{inside}</g>'


def cover(c: dict[str, str], heading: str, under: str, drawn: str) -> str:
    """A title on cloth."""
    words = Text(heading, (760, 420), (110, 64), "head", 1.12)
    return (
        rect(0, 0, WIDE, HIGH, c["c"])
        + rect(0, 0, 56, HIGH, c["d"], 'opacity=".55"')
        + rule(140, 130, 760, ON_CLOTH)
        + rule(140, 140, 760, ON_CLOTH)
        + words.at(140, 410 - words.height / 2, ON_CLOTH)
        + Text(under, (760, 100), (40, 30), "sans").at(140, 660, ON_CLOTH)
        + rule(140, 776, 760, ON_CLOTH)
        + paper_card(1010, 150, 450, 560)
        + rule(1050, 236, 370, RUBRIC, 4)
        + f'<g class="motif">{moved(1060, 296, MOTIFS[drawn](), 1.75)}</g>'
        + rect(0, HIGH - 18, WIDE, 18, BRASS)
    )


def lifted(drawn: str, share: float) -> str:
    """Something that leaves upwards: 0 it covers all, 1 it has gone."""
    return "" if share >= 1 else moved(0, -HIGH * share, drawn)


def caption(words: str, c: dict[str, str], share: float) -> str:
    """A title along the upper edge, so that the captions have the lower one."""
    text = Text(words, (1400, 70), (48, 34))
    y = 104 * (share - 1)
    return rect(0, y, WIDE, 104, c["d"]) + text.at(WIDE / 2, y + 22, ON_CLOTH, "middle") if share > 0 else ""


def someone(at: float, going: tuple[float, float], x: tuple[float, float], size: float, drawn: dict) -> str:
    """A person who walks from one x to another in a time, and stands before and after it."""
    share = min(max((at - going[0]) / (going[1] - going[0]), 0), 1)
    walking = 0 < share < 1
    stride = 24 * (abs((at * 2.4) % 2 - 1) * 2 - 1) if walking else 0
    how = {"arms": (stride, -stride)} if walking else {}
    turn = -1 if x[1] < x[0] else 1
    place = x[0] + (x[1] - x[0]) * share
    body = figure(**{**drawn, **how, "stride": stride})
    return f'<g transform="translate({place:.1f} 860) scale({turn * size:g} {size:g})">{body}</g>'


# At the door

READ = [12 + 1.55 * i for i in range(9)] + [26.4, 29.2, 31.8]
"""When each notice is read, and when the last has been."""
TAKEN_DOWN = (0, 2, 4, 5, 6, 9, 10)
DOGS = 1


def marked(number: int, size: float) -> str:
    """A notice, larger, in the colour of what matters now."""
    x, y, w, h, _ = NOTICES[number]
    glow = rect(x - 7, y - 7, w + 14, h + 14, BRASS, 'rx="4"')
    return moved((x + w / 2) * (1 - size), (y + h / 2) * (1 - size), glow + notice(number), size)


def hung(at: float) -> str:
    """The notices on the door, those that are coming down among them."""
    drawn = ""
    for i, (x, y, w, _, _) in enumerate(NOTICES):
        gone = part(at, start := 38.6 + 0.35 * TAKEN_DOWN.index(i), start + 1) if i in TAKEN_DOWN else 0
        if gone < 1:
            drawn += moved(0, 620 * gone**2, turned(50 * gone * (-1) ** i, notice(i), x + w / 2, y))
    return drawn


def at_the_door(at: float, c: dict[str, str]) -> str:
    """A man comes to a library, reads what its door says and goes away; seven notices come down."""
    near = part(at, 9.6, 11.6) - part(at, 32, 33.6)
    zoom = 1 + 1.05 * near
    coat = {"coat": "m", "hair": "w"}
    if at < 9:
        man = someone(at, (4.2, 8.8), (-120, 800), 1.42, coat)
    elif at < 34:
        nod = 3 if int(at * 2) % 3 == 0 else 0
        man = moved(800, 860 + nod, figure(**coat, arms=(4, -4), view="back"), 1.42)
    else:
        man = someone(at, (34, 37.6), (800, 1760), 1.42, coat)
    cat = put("cat", 1330, 834, 110) if at > 38 else ""
    seen = entrance(c, hung(at)) + scene(put("bicycle", 240, 832, 210) + cat + man)
    for i, start in enumerate(READ[:-1]):
        if start <= at < READ[i + 1]:
            seen += marked(i, 1 + 0.42 * part(at, start, start + 0.4))
    if at > 41.3:
        seen += marked(DOGS, 1 + 0.6 * part(at, 41.3, 41.8))
    drawn = moved(800 * (1 - zoom), (450 - zoom * 412) * near, seen, zoom)

    count = sum(at >= time + 0.2 for time in READ[:9])
    card = faded(tally(count, c), part(at, 11.4, 12) - part(at, 31.6, 32.2))
    titles = (
        caption("Nine things he mustn’t do", c, part(at, 24.4, 24.8) - part(at, 26.1, 26.4))
        + caption("The opening hours for last summer", c, part(at, 26.6, 27.1) - part(at, 28.8, 29.2))
        + caption("And a class for somebody else", c, part(at, 29.4, 29.9) - part(at, 31.6, 32))
        + caption("Nobody had decided to say any of this", c, part(at, 34.6, 35.1) - part(at, 37.8, 38.2))
        + caption("Later we took down seven", c, part(at, 38.6, 39.1) - part(at, 41, 41.3))
        + caption("The one about dogs was holding something up", c, part(at, 41.4, 41.8) - part(at, 44, 44.3))
    )
    first = cover(c, "At the door", "Week 1, What the door says", "door")
    last = cover(c, "What does your door say?", "Go and stand outside, and read it", "question")
    return drawn + card + titles + lifted(first, part(at, 3.2, 4)) + lifted(last, 1 - part(at, 44.2, 45))


def tally(count: int, c: dict[str, str]) -> str:
    """An index card on which what one mustn't do is counted in fives."""
    drawn = paper_card(36, 600, 250, 200) + Text("Mustn’t", (200, 60), (40, 40), "head").at(60, 614, c["c"])
    drawn += rule(60, 680, 202, RUBRIC, 4)
    marks = "M0 0"
    for i in range(count):
        x = 70 + i // 5 * 108
        marks += f"M{x + i % 5 * 22} 702v72" if i % 5 < 4 else f"M{x - 8} 766L{x + 76} 710"
    return drawn + f'<path d="{marks}" fill="none" stroke="{INK}" stroke-width="6"/>'


# The shelf

FLOOR, LEFT, TOP, ROW = 800, 560, 208, 112
TAKEN = ((0, 1, 0, 2, 0, 0, 4), (1, 2, 4, 5, 2, 0, 1), (), (0, 4, 0, 0, 1, 2, 5, 0), (2, 5, 1, 0, 4, 4, 2))
"""What the pupils put out, shelf by shelf: 0 a football annual, the others middle volumes."""
NOTE = [
    ("What", "the bay by the door"),
    ("Who", "the eight of you"),
    ("Until", "the last day of term"),
    ("Who can say no", "me, and only in writing"),
]


def thing(kind: int, x: float, floor: float) -> str:
    """What the pupils put on their bay: a football annual, or a middle volume of something."""
    if kind == 0:
        ball = disc(16, -70, 10, "w") + line("M12 -74l8 8M20 -74l-8 8", "f")
        return moved(x, floor, box(0, -92, 32, 92, "b", 1) + ball + line("M8 -16h16", "f"))
    number = "".join(line(f"M{9 + 5 * i} -54v18", "f") for i in range(1 + kind % 3))
    return moved(x, floor, box(0, -78, 28, 78, "wtm"[kind % 3], 1) + line("M6 -66h16M6 -20h16", "f") + number)


def open_book(x: float, floor: float, fill: str) -> str:
    """A book that stands with its face to the room."""
    drawn = box(0, -90, 72, 90, fill, 2) + box(14, -74, 44, 22, "w", 1)
    return moved(x, floor, drawn + line("M8 -90v90M22 -36q14 -14 28 0", "f"))


def bay(at: float) -> str:
    """The bay by the door and what stands on it at a time."""
    drawn = box(LEFT, TOP, 480, FLOOR - TOP, "c", 6)
    for row in range(5):
        floor = TOP + 16 + ROW * (row + 1)
        drawn += box(LEFT + 18, floor - 98, 444, 98, "t", 1)
        inside = ""
        if at < 18:  # her choice, going out shelf by shelf
            out = part(at, 15.4 + row * 0.3, 16.2 + row * 0.3)
            if out < 1:
                inside = faded(moved(-120 * out, 0, spines(LEFT + 30, floor, 420, row * 4 + 1, 84)), 1 - out)
        elif at < 41:
            for i, kind in enumerate(TAKEN[row]):
                begin = 18 + (i * 4 + row) * 0.2
                come = part(at, begin, begin + 0.3)
                if at > 34.6:  # weeks five to twelve: everything changes hands
                    kind = (kind + int((at - 34.6) * 1.5 + i * 0.7 + row * 0.4)) % 6
                book = thing(kind, LEFT + 40 + i * 50 + row % 2 * 14, floor)
                inside += faded(moved(0, -40 * (1 - come), book), come)
            if row == 2:
                for i in range(4):
                    x = LEFT + 54 + i * 98
                    come = part(at, 26.6 + i * 0.5, 27 + i * 0.5)
                    gone = part(at, 30.4 + i * 0.7, 31 + i * 0.7)
                    if gone:
                        inside += f'<path d="M{x} {floor - 88}h72v86h-72z" class="n dashed"/>'
                    if come and gone < 1:
                        book = moved(0, 90 * gone, open_book(x, floor, "cmcm"[i]))
                        inside += faded(book, come * (1 - gone))
        drawn += inside
    return drawn


def sign(at: float, c: dict[str, str]) -> str:
    """The label over the bay."""
    said = ("Recommended", "Books Miss Wouldn’t Pick", "Free in two weeks. Ask.")
    words = said[(at >= 17) + (at >= 41.6)]
    flip = 1 - abs(part(at, 16.6, 17.4) * 2 - 1) if at < 20 else 1 - abs(part(at, 41.2, 42) * 2 - 1)
    text = Text(words, (400, 60), (40, 28), "head" if at < 17 else "italic")
    plate = paper_card(LEFT + 20, 118, 440, 76) + text.at(LEFT + 240, 156 - text.height / 2, c["c"], "middle")
    return f'<g transform="translate(0 {156 * flip:.1f}) scale(1 {1 - flip:.3f})">{plate}</g>'


def slip(at: float, c: dict[str, str]) -> str:
    """A date slip that fills as the term goes by."""
    stamped = sum(at >= time for time in [18.2, 20.4, 22.6, 25, *(34.6 + 0.72 * i for i in range(8))])
    drawn = paper_card(1180, 170, 300, 560)
    drawn += Text("This term", (240, 50), (36, 36), "head").at(1206, 180, c["c"])
    drawn += rule(1180, 240, 300, RUBRIC, 4)
    for i in range(12):
        y = 240 + 40 * i
        drawn += rule(1180, y + 40, 300, CARDLINE) if i < 11 else ""
        if i < stamped:
            week = Text(f"Week {i + 1}", (130, 36), (26, 26), "sans")
            drawn += week.at(1206, y + 4, INK_2 if i + 1 < stamped else c["c"])
            drawn += scene(line(f"M1400 {y + 20}l12 12l24 -24", "n"))
    if at > 41.2:
        mark = Text("Last day of term", (260, 50), (32, 24), "sans strong").at(1330, 444, RUBRIC, "middle")
        stamp = rect(1196, 430, 268, 66, GROUND, f'stroke="{RUBRIC}" stroke-width="5" rx="6"') + mark
        drawn += faded(turned(-8, stamp, 1330, 462), part(at, 41.2, 41.5))
    return drawn


DELYTH = {"coat": "c", "hair": "d", "long": True}
PUPILS = ({"coat": "m", "hair": "d"}, {"coat": "b", "hair": "w"}, {"coat": "w", "hair": "d", "long": True})
GIRL = {"coat": "b", "hair": "d", "long": True}
HEAD_OF_ENGLISH = {"coat": "m", "hair": "w", "legs": "c"}


def people(at: float) -> str:
    """Whoever is in front of the bay at a time."""
    drawn = ""
    for i, pupil in enumerate(PUPILS):
        spot = 60 + 110 * i
        if at < 14.6:
            drawn += someone(at, (4 + 0.3 * i, 6 + 0.3 * i), (-340 + 95 * i, spot), 1.16, pupil)
        elif at < 21:
            reach = -130 if i == 2 and at > 17.6 and int(at * 2) % 2 else -10
            drawn += someone(at, (15.4, 16.6), (spot, spot + 150), 1.16, {**pupil, "arms": (0, reach)})
        elif at < 23.6:
            drawn += someone(at, (21, 23.4), (spot + 150, spot - 560), 1.16, pupil)
    if at < 13.8:  # she hands the note over
        give = -66 * (part(at, 6.4, 7) - part(at, 13.2, 13.7))
        drawn += someone(at, (0, 0.1), (431, 430), 1.45, {**DELYTH, "arms": (6, give)})
    elif at < 16.4:
        drawn += someone(at, (13.8, 16.2), (430, -160), 1.45, DELYTH)
    if 22.6 < at < 24.9:
        drawn += someone(at, (22.6, 23.7), (1800, 1120), 1.5, HEAD_OF_ENGLISH)
    elif 24.9 <= at < 26.4:
        drawn += someone(at, (24.9, 26.4), (1120, 1800), 1.5, HEAD_OF_ENGLISH)
    if 24.8 < at < 29:
        drawn += someone(at, (24.8, 26.4), (-100, 480), 1.16, {**GIRL, "arms": (0, -84 if at < 28.7 else 0)})
    elif 29 <= at < 31:
        drawn += someone(at, (29, 30.8), (480, -160), 1.16, GIRL)
    if at > 41.6:
        drawn += someone(at, (41.6, 42.9), (-120, 400), 1.45, DELYTH)
    return drawn


def the_shelf(at: float, c: dict[str, str]) -> str:
    """A librarian hands a bay to eight pupils for a term; what they put on it, and how it ends."""
    drawn = rect(0, 0, WIDE, HIGH, SUNK) + rect(0, FLOOR, WIDE, 100, c["m"])
    drawn += scene(line(f"M-10 {FLOOR}H1610") + put("window", 270, 480, 330) + bay(at))
    drawn += sign(at, c) + slip(at, c) + scene(people(at))
    if 23.7 < at < 24.9:
        bubble = "M890 270h170q14 0 14 14v82q0 14 -14 14h-8l12 44l-54 -44H890q-14 0 -14 -14v-82q0 -14 14 -14z"
        drawn += scene(shape(bubble)) + Text("Hm.", (160, 80), (56, 56), "italic").at(975, 288, INK, "middle")
    titles = (
        caption(
            "Three weeks of football annuals and middle volumes", c, part(at, 19, 19.5) - part(at, 22, 22.4)
        )
        + caption("Week four: a girl who’d said very little", c, part(at, 25.6, 26.1) - part(at, 29.6, 30))
        + caption("They were borrowed that day", c, part(at, 30.6, 31.1) - part(at, 33.6, 34))
        + caption("On the last day it was over", c, part(at, 41.2, 41.7) - part(at, 43.4, 43.8))
    )
    first = cover(c, "The shelf", "Week 3, A shelf, a room, a budget line", "shelf")
    last = cover(c, "What could you hand over for three months?", "Write down the last day first", "hands")
    covers = lifted(first, part(at, 3.2, 4)) + lifted(last, 1 - part(at, 43.8, 44.6))
    return drawn + note(at, c) + titles + covers


def note(at: float, c: dict[str, str]) -> str:
    """The page that goes with what is handed over: read line by line, then pinned up beside the bay."""
    share = part(at, 6.8, 7.6)
    if not share:
        return ""
    drawn = paper_card(0, 0, 780, 500) + Text("The note", (600, 80), (54, 54), "head").at(50, 30, c["c"])
    drawn += rule(50, 116, 680, RUBRIC, 5)
    for i, (name, words) in enumerate(NOTE):
        line_share = part(at, 7.8 + i * 1.2, 8.3 + i * 1.2)
        drawn += faded(
            Text(name, (240, 60), (30, 24), "sans strong").at(50, 152 + 82 * i, INK_2)
            + Text(words, (440, 76), (30, 26)).at(290, 150 + 82 * i),
            line_share,
        )
        drawn += rule(50, 212 + 82 * i, 680, CARDLINE)
    away = part(at, 13.6, 14.8)
    size = (0.85 + 0.15 * share) * (1 - away) + 0.14 * away
    x, y = 410 + (1048 - 410) * away, 190 + 60 * away
    return faded(moved(x, y + 60 * (1 - share), drawn, size), share)


FILMS = {
    "course/week-01-arriving/film/at-the-door.mp4": Film(48, "oxblood", 17.4, at_the_door),
    "course/week-03-the-participatory-branch/film/the-shelf.mp4": Film(48, "ochre", 24.2, the_shelf),
}
