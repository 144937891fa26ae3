"""The pictures of the demo are drawn from their plans; nothing here needs a browser."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image

from home.demo.art.draw import films, layouts, pictures, render
from home.demo.art.draw.motifs import HANGING, MOTIFS, SMALL

PLANS = sorted(render.ART.glob("*.yaml"))
AGAIN = "run bin/draw (and bin/draw --films for the films)"

ONE_OF_EACH = {
    "cloth": "teal",
    "slides": [
        {"layout": "title", "title": "The name of a lecture", "by": "Tomas Lindqvist", "motif": "two-people"},
        {
            "layout": "points",
            "title": "Two points",
            "points": ["The first point", "A second one"],
            "motif": "cat",
        },
        {"layout": "quote", "words": "Who has the key on Sundays & holidays?", "source": "A carer"},
        {"layout": "big", "word": 1987, "line": "the year of the chair"},
        {"layout": "steps", "title": "Three steps", "steps": ["Look", "Ask", "Wait"]},
        {"layout": "ladder", "title": "A ladder", "rungs": ["Bottom", "Middle", "Top"]},
        {"layout": "circle", "title": "Around", "around": ["North", "East", "South"], "centre": "Here"},
        {
            "layout": "two",
            "title": "Two sides",
            "left": {"title": "Before", "points": ["Shut", "Dark"]},
            "right": {"title": "After", "points": ["Open", "Lit"]},
        },
        {
            "layout": "bars",
            "title": "Counted",
            "bars": [["Mon", 3], ["Tue", 0], ["Wed", 12.5]],
            "unit": "visits",
        },
        {
            "layout": "scene",
            "title": "A room",
            "motifs": ["window", "cup", "bench"],
            "caption": "Before opening",
        },
    ],
}


def words_of(value):
    """Every word that a plan asks to be written, its names for layouts and motifs left out."""
    if isinstance(value, dict):
        kept = (inside for key, inside in value.items() if key not in ("layout", "motif", "motifs", "cloth"))
        return [word for inside in kept for word in words_of(inside)]
    if isinstance(value, list):
        return [word for inside in value for word in words_of(inside)]
    return f"{value:,}".split() if isinstance(value, float | int) else str(value).split()


def written_in(svg):
    """The words that a drawing shows."""
    return " ".join(ElementTree.fromstring(svg).itertext()).split()


def plan_of(**slide):
    return {"cloth": "moss", "slides": [slide]}


def test_a_plan_is_drawn_word_for_word():
    drawn = layouts.slides(ONE_OF_EACH)
    for slide, svg in zip(ONE_OF_EACH["slides"], drawn, strict=True):
        shown = written_in(svg)
        year = {str(slide["word"])} if slide["layout"] == "big" else set()
        assert {word for word in words_of(slide) if word != "1,987"} | year <= set(shown), slide["layout"]


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_every_word_of_a_plan_of_the_demo_is_drawn(plan):
    read = yaml.safe_load(plan.read_text(encoding="utf-8"))
    for number, (slide, svg) in enumerate(zip(read["slides"], render.slides_of(plan), strict=True), 1):
        shown = set(written_in(svg))
        missing = [
            word for word in words_of(slide) if word not in shown and word.replace(",", "") not in shown
        ]
        assert not missing, f"{plan.name}, slide {number}: {missing}"


def test_every_layout_is_tried_above():
    assert {slide["layout"] for slide in ONE_OF_EACH["slides"]} == set(layouts.LAYOUTS)


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_is_well_formed_and_uses_known_colours(name):
    drawn = ElementTree.fromstring(f"<g>{MOTIFS[name]()}</g>")
    known = set("cmtwdbrn") | {"fine", "light", "thick", "dashed", "rule", "pale", "flat"}
    used = {one for part in drawn.iter() for one in part.get("class", "").split()}
    assert used <= known
    assert MOTIFS[name].__doc__


def test_places_in_a_scene_are_given_to_motifs_that_exist():
    assert set(MOTIFS) >= HANGING | SMALL


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (plan_of(layout="big", word="Six", line="of them", motif="unicorn"), "no motif “unicorn”"),
        (plan_of(layout="scene", title="A", motifs=["cat", "dragon"], caption="b"), "no motif “dragon”"),
        (plan_of(layout="quote", words="Said once"), "Slide 1 has no “source”"),
        (plan_of(layout="points", title="A", points=["one"]), "needs 2 to 4 points"),
        (plan_of(layout="points", title="A", points=["one", {"b": "c"}]), "should be words"),
        (plan_of(layout="bars", title="A", bars=[["b", "c"]] * 3), "should be a label and a number"),
        (plan_of(layout="bars", title="A", bars=[["b", 0]] * 3), "one above 0"),
        (plan_of(layout="quote", words="long " * 200, source="a"), "is too long for its place"),
        (plan_of(layout="steps", title="A", steps=["a", "b", "c" * 60]), "is too long for its place"),
        (plan_of(layout="big", word="Six", line="of them", colour="red"), "nothing is drawn from: colour"),
        (plan_of(layout="two", title="A", left={"title": "a"}, right="b"), "“left” has no “points”"),
        (plan_of(layout="poem"), "has the layout “poem”"),
        ({"cloth": "tartan", "slides": [{}]}, "no cloth “tartan”"),
        ([], "a list of “slides”"),
        (plan_of(layout=["big"]), "has the layout"),
    ],
)
def test_a_fault_in_a_plan_is_named_in_words(plan, said):
    with pytest.raises(layouts.PlanFault, match=re.escape(said)):
        layouts.slides(plan)


def test_text_stays_in_its_room():
    for words in (
        "Short",
        "A sentence of middling length that has to be broken",
        "Rindfleischetikettierung & Ärger",
    ):
        text = layouts.Text(words, (300, 220), (60, 12))
        assert text.width <= 300
        assert text.height <= 220
        assert " ".join(text.lines) == words
        assert unescape(re.sub("<.*?>", " ", text.at(0, 0))).split() == words.split()


def test_the_locke_key_of_a_heading():
    assert [layouts.locke_key(words) for words in ("People", "A shelf, a room", "The door", "“Hm”")] == [
        "Pe",
        "Se",
        "Do",
        "H",
    ]


def test_the_colours_are_those_of_the_style_sheet():
    tokens = (render.FONTS.parent / "css" / "tokens.css").read_text()
    named = dict(re.findall(r"\[data-cloth=(\w+)\]\{--l:(.*?);", tokens))
    assert set(layouts.CLOTH) == {*named, "bottle"}
    assert {name: float(lightness) for name, lightness in named.items()} == {
        name: cloth[0] for name, cloth in layouts.CLOTH.items() if name != "bottle"
    }


def test_every_slide_that_a_lecture_names_is_drawn_and_up_to_date():
    stills, faults = render.wanted()
    assert not faults, "\n".join(faults)
    late = render.stale({name: render.mark([svg]) for name, svg in stills.items()})
    assert not late, f"Stale or missing, {AGAIN}: {late}"
    assert not render.left_over(stills)


def test_the_films_are_up_to_date_and_have_their_words():
    late = render.stale(render.film_marks())
    assert not late, f"Stale or missing, {AGAIN}: {late}"
    for name, film in films.FILMS.items():
        path = render.DEMO / name
        assert 35 <= film.seconds <= 50
        assert path.stat().st_size <= render.LARGEST_FILM
        assert b"moov" in path.read_bytes()[:4096], "a film begins with what a player needs first"
        assert (render.ART / "films" / f"{path.stem}.md").exists()
        times = []
        for language in ("en", "es"):
            captions = path.with_suffix(f".{language}.vtt").read_text(encoding="utf-8")
            assert captions.startswith("WEBVTT\n\n")
            found = re.findall(r"00:00:(\d\d\.\d{3}) --> 00:00:(\d\d\.\d{3})", captions)
            times.append([float(each) for pair in found for each in pair])
        assert times[0] == times[1] == sorted(times[0])
        assert times[0][-1] <= film.seconds


def test_the_sizes_of_pictures_are_bounded():
    stills, _ = render.wanted()
    for name in stills:
        path = render.DEMO / name
        slide = "/slides/" in name
        with Image.open(path) as image:
            assert image.format == "PNG"
            assert image.size == (1280, 720) if slide else image.width <= 1600, name
            assert len(image.getcolors()) <= 64
        assert path.stat().st_size <= (render.LARGEST_SLIDE if slide else render.LARGEST_PICTURE), name


def test_the_pictures_for_texts_say_what_they_show():
    assert {"Citizen", "control", "Manipulation"} <= set(written_in(pictures.ladder()))
    shown = " ".join(written_in(pictures.door()))
    assert len(pictures.NOTICES) == 11
    for *_, words in pictures.NOTICES:
        assert words in shown
