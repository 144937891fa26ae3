"""The page of a lecture: recording, slides, notes, and the transcript that can be searched."""

import io
import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from modules.media.models import CourseDocument, CourseImage, CourseMedia
from tests.conftest import publish

from .conftest import Outline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def slide():
    """`slide("The door", "<p>It opens.</p>")`: a slide with a picture of its own."""

    def make(title: str = "", words: str = "", alt: str = "A door", width: int = 64):
        data = io.BytesIO()
        Image.new("RGB", (width, width * 9 // 16), "teal").save(data, "PNG")
        image = CourseImage.objects.create(title="Slide", file=ImageFile(data, "slide.png"))
        return "slide", {"image": image, "alt": alt, "title": title, "words": words}

    return make


@pytest.fixture
def film(db):
    """`film("<p>Words.</p>")`: a film of ours with this transcript."""

    def make(transcript: str = "", **more):
        media = CourseMedia.objects.create(
            title="Door", type="video", file=ContentFile(b"\x00\x00\x00\x18ftypmp42", "door.mp4")
        )
        value = {"title": "At the door", "file": media, "captions": [], "transcript": transcript}
        return [("film", value | more)]

    return make


@pytest.fixture
def slides(slide):
    return [
        slide("What the door says", "<p>Eleven <b>notices</b>.</p>", alt="A red door"),
        slide("", "<p>Somebody didn’t come in.</p>", alt="A woman with a pram"),
        slide("Q & A", "", alt="A question mark"),
        slide("The <eighth> notice", "<p>One notice stays.</p>", alt="A dog"),
    ]


def deck(html: str) -> str:
    return html.split('class="deck"')[1].split("</course-deck>")[0]


def text_of(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def test_recording_slides_file_notes_and_transcript_stand_in_this_order(
    client, week, add_step, film, slides, sound
):
    paper = CourseDocument.objects.create(title="Slides", file=ContentFile(bytes(2048), "slides.pdf"))
    step = add_step(
        week,
        "The door",
        "lecture",
        recording=film("<p>Spoken words.</p>"),
        slides=slides,
        slides_file=paper,
        body=[("text", "<p>Written words.</p>")],
    )
    html = sound(client.get(step.url))
    marks = ["<video", 'id="slides"', "Slides as a file", 'id="h-notes"', "Written words", 'id="transcript"']
    assert sorted(marks, key=html.index) == marks
    assert re.search(r"Slides as a file</a> <span[^>]*>PDF, 2.0\sKB<", html)
    assert "4 slides" in html
    assert "css/deck.css" in html
    assert "css/lecture.css" in html
    assert "js/deck.js" in html
    assert "css/player.css" in html


def test_each_slide_is_a_figure_with_its_words_and_ways_to_its_neighbours(
    client, week, add_step, slides, sound
):
    step = add_step(week, "The door", "lecture", slides=slides)
    html = sound(client.get(step.url))
    items = re.split(r'<li id="slide-\d">', deck(html))[1:]
    assert [re.findall(r'alt="([^"]+)"', item) for item in items] == [
        ["A red door"], ["A woman with a pram"], ["A question mark"], ["A dog"],
    ]  # fmt: skip
    assert [re.findall(r'href="#slide-(\d)" rel="(\w+)"', item) for item in items] == [
        [("2", "next")], [("1", "prev"), ("3", "next")], [("2", "prev"), ("4", "next")], [("3", "prev")],
    ]  # fmt: skip
    assert [re.search(r"<h3[^>]*>(.*?)</h3>", item)[1] for item in items] == [
        '<span class="vh">Slide 1: </span>What the door says',
        '<span class="vh">Slide 2</span>',
        '<span class="vh">Slide 3: </span>Q &amp; A',
        '<span class="vh">Slide 4: </span>The &lt;eighth&gt; notice',
    ]
    assert "2 of 4" in items[1]
    assert "Somebody didn’t come in." in items[1]
    numbers = html.split('<nav aria-label="Slides">')[1].split("</nav>")[0]
    assert re.findall(r'href="#slide-(\d)"', numbers) == list("1234")


def test_pictures_have_sizes_and_only_the_first_is_loaded_at_once(client, week, add_step, slide):
    step = publish(add_step(week, "The door", "lecture", slides=[slide(width=2000), slide(width=700)]))
    html = deck(client.get(step.url).content.decode())
    first, second = re.findall(r"<img [^>]+>", html)
    assert 'width="2000" height="1125"' in first
    assert 'width="700" height="393"' in second
    assert re.findall(r'loading="(\w+)"', first + second) == ["eager", "lazy"]
    assert re.findall(r"\.webp (\d+)w", first) == ["1320", "840", "480"]
    assert re.findall(r"\.webp (\d+)w", second) == ["700", "700", "480"] or "480w" in second
    assert "sizes=" in first
    assert client.get(re.search(r'src="([^"]+)"', first)[1])["Content-Type"] == "image/webp"


def test_a_slide_whose_picture_is_gone_keeps_its_words(client, week, add_step, slide, files):
    lost, broken = slide("Lost", "<p>Lost words.</p>"), slide("Broken", "<p>Broken words.</p>")
    step = add_step(week, "The door", "lecture", slides=[lost, broken])
    (files / broken[1]["image"].file.name).write_bytes(b"no picture")
    lost[1]["image"].delete()
    response = client.get(step.url)
    assert response.status_code == 200
    html = deck(response.content.decode())
    assert "Lost words." in html
    assert "Broken words." in html
    assert html.count("<img") == 1


def test_one_slide_needs_no_ways(client, week, add_step, slide, sound):
    html = sound(client.get(add_step(week, "The door", "lecture", slides=[slide("Only")]).url))
    assert "#slide-" not in html
    assert "1 slide<" in html


def test_notes_alone_are_an_article_as_everywhere(client, week, add_step, sound):
    step = add_step(week, "The door", "lecture", body=[("text", "<p>Written words.</p>")])
    html = sound(client.get(step.url))
    assert 'aria-label="The door"><p>Written words.' in html.replace("\n", "")
    assert "Lecture notes" not in html
    assert "transcript" not in html
    assert "deck.js" not in html


class TestTranscript:
    @pytest.fixture
    def step(self, week, add_step, slides):
        return add_step(week, "The door", "lecture", slides=slides)

    def transcript(self, response) -> str:
        return response.content.decode().split('<details class="scripted')[1].split("</details>")[0]

    def found(self, client, step, words: str, **headers) -> tuple[str, str]:
        """What is said of the search, and the text with its marks."""
        html = self.transcript(client.get(step.url, {"find": words}, headers=headers))
        said, text = html.split('id="transcript-found" role="status">')[1].split("</p>", 1)
        return text_of(said), text

    def test_without_a_recording_it_is_what_is_said_over_the_slides(self, client, step):
        html = self.transcript(client.get(step.url))
        assert " open" not in html.split(">")[0]
        text = html.split('id="transcript-text"')[1]
        assert re.findall(r"<h3>(.*?)</h3>", text) == [
            "1. What the door says", "2.", "4. The &lt;eighth&gt; notice",
        ]  # fmt: skip
        assert text.index("Eleven <b>notices</b>") < text.index("Somebody") < text.index("One notice stays")

    def test_that_of_the_recording_goes_first_and_stands_once(self, client, week, add_step, film, slides):
        step = add_step(week, "Both", "lecture", recording=film("<p>Spoken words.</p>"), slides=slides)
        html = client.get(step.url).content.decode()
        assert html.count("Spoken words.") == 1
        assert "Spoken words." in self.transcript(client.get(step.url))
        assert "Eleven" not in self.transcript(client.get(step.url))

    def test_where_nothing_is_said_there_is_none(self, client, week, add_step, film, slide):
        step = add_step(week, "Silent", "lecture", recording=film(), slides=[slide("Hush")])
        assert 'id="transcript"' not in client.get(step.url).content.decode()
        assert client.get(step.url, {"find": "hush"}).status_code == 200

    def test_a_search_opens_it_marks_the_places_and_counts_them_in_words(self, client, step, sound):
        html = sound(client.get(step.url, {"find": "NÓTICE"}))
        assert re.search(r'<details[^>]*id="transcript" open>', html)
        assert 'value="NÓTICE"' in html
        said, text = self.found(client, step, "NÓTICE")
        assert said == "“NÓTICE” stands in 3 places, marked below. Go to the first"
        assert '<b><mark id="place-1">notice</mark>s</b>' in text
        assert '<mark id="place-2">notice</mark>' in text
        assert text.index("Eleven") < text.index("Somebody") < text.index("stays")
        said, _text = self.found(client, step, "didn't")
        assert said == "“didn't” stands in 1 place, marked below. Go there"

    def test_what_is_not_there_is_said_in_words(self, client, step):
        said, text = self.found(client, step, "bicycle")
        assert said == "“bicycle” isn’t in the transcript."
        assert "<mark" not in text
        assert "Somebody" in text

    def test_a_query_of_spaces_asks_nothing(self, client, step):
        said, text = self.found(client, step, "  \n ")
        assert said == ""
        assert "<mark" not in text

    def test_any_query_is_safe(self, client, step):
        plain = Outline(client.get(step.url).content.decode()).elements
        for words in (
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "' autofocus onfocus='alert(1)",
            "\x00\x01\x7f",
            "%00%ff",
            "(?:(a+)+)$",
            "\\",
            "&lt;nowhere&gt;",
            "🕯️" * 50,
            "\ufffd",
            "x" * 5000,
        ):
            response = client.get(step.url, {"find": words})
            html = response.content.decode()
            assert response.status_code == 200, words
            assert Outline(html).elements == plain, words
            assert "x" * 81 not in self.transcript(response)

    def test_words_between_angle_brackets_are_words(self, client, step):
        said, text = self.found(client, step, "<EIGHTH>")
        assert "1 place" in said
        assert '<mark id="place-1">&lt;eighth&gt;</mark>' in text

    def test_the_form_works_as_a_link_does_and_htmx_takes_its_part_of_the_page(self, client, step):
        html = self.transcript(client.get(step.url))
        form = re.search(r"<form[^>]+>", html)[0]
        assert 'action="#transcript"' in form
        assert "method" not in form
        assert f'hx-get="{step.url}"' in form
        answer = client.get(step.url, {"find": "door"}, headers={"hx-request": "true"})
        assert b'id="transcript-text"' in answer.content
        assert b'id="transcript-found"' in answer.content


@pytest.mark.parametrize("count", [2, 9])
def test_what_a_lecture_costs(client, week, add_step, slide, film, django_assert_num_queries, count):
    words = f'<p>Words and <a linktype="page" id="{week.pk}">a link</a>.</p>'
    step = add_step(
        week, "The door", "lecture", recording=film("<p>Spoken.</p>"), slides=[slide("S", words)] * count
    )
    client.get(step.url)
    # Of a visitor to any step: 1 page, 2 course, 3 and 4 outline, 5 who leads, 6 forum, 7 rights. Of the
    # recording: 8 film. Of the slides: 9 pictures, 10 their sizes, 11 linked pages and 12 where those are.
    with django_assert_num_queries(12):
        client.get(step.url, {"find": "words"})
