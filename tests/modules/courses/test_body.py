"""What blocks become on a page."""

import io
import re
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.template import Context, Template
from PIL import Image

from community.discussions.actions import publish_beside
from community.forum_conversation.models import Post
from modules.courses import pictures
from modules.courses.models import ReadingPage
from modules.media.models import CourseDocument, CourseImage, CourseMedia

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(name: str = "bus.png", size=(60, 40), **fields) -> CourseImage:
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, "PNG")
    return CourseImage.objects.create(title="Bus", file=ImageFile(data, name), **fields)


def figure(image, **fields) -> tuple[str, dict]:
    return "figure", {"image": image, "alt": "A bus", "caption": "", "credit": ""} | fields


def document(name: str = "card.pdf", content: bytes = b"%PDF-1.4" + b"x" * 2000) -> CourseDocument:
    return CourseDocument.objects.create(
        title="Card", file=ContentFile(content, name), file_size=len(content)
    )


def recording(kind: str, name: str, **fields) -> CourseMedia:
    file = ContentFile(b"....ftypmp42....", name)
    return CourseMedia.objects.create(title="Door", type=kind, file=file, **fields)


def video(**fields) -> tuple[str, dict]:
    empty = {"file": None, "address": "", "poster": None, "captions": [], "chapters": "", "audio": None}
    return "video", {"title": "At the door", "transcript": ""} | empty | fields


@pytest.fixture
def shown(client, week, add_step, sound):
    """`shown(block, …)`: the HTML of a body as a visitor gets it, from a page that is sound."""

    def show(*blocks) -> str:
        html = sound(client.get(add_step(week, "All blocks", body=list(blocks)).url))
        return html.split('class="prose pt3"')[1].split("</article>")[0]

    return show


def test_every_block_of_words_has_its_markup(shown):
    body = shown(
        ("heading", {"text": "A <section>", "level": "2"}),
        ("heading", {"text": "A part", "level": "3"}),
        ("text", "<p>Plain <b>words</b>.</p><ul><li>one</li></ul>"),
        ("quote", {"text": "Said so.", "source": "Somebody"}),
        ("quote", {"text": "Said without a name.", "source": ""}),
        ("callout", {"kind": "note", "title": "Mind", "text": "<p>A note.</p>"}),
        ("callout", {"kind": "try", "title": "", "text": "<p>Read it.</p>"}),
        ("question", {"question": "Why?", "text": ""}),
        ("definition", {"term": "Desk", "text": "<p>What stands between.</p>"}),
        ("code", {"language": "html", "code": '  <label for="a">'}),
    )
    assert "<h2>A &lt;section&gt;</h2>" in body
    assert "<h3>A part</h3>" in body
    assert "<p>Plain <b>words</b>.</p>" in body
    assert "<blockquote><p>Said so.</p></blockquote><figcaption>Somebody</figcaption>" in body
    assert "<blockquote><p>Said without a name.</p></blockquote>" in body
    assert body.count('role="note"') == 3
    assert "<strong>Try this</strong>" in body
    assert '<dl class="def"><dt><dfn>Desk</dfn></dt><dd><p>What stands between.</p></dd></dl>' in body
    assert re.search(r'<pre[^>]+tabindex="0"[^>]+aria-label="Code, html"', body)
    assert "<code>  &lt;label for=&quot;a&quot;&gt;</code>" in body
    # Children of .prose stand in it directly: its rhythm goes by siblings.
    assert "block-" not in body
    assert "rich-text" not in body


def test_references_and_footnotes_lead_to_one_another(shown):
    body = shown(
        ("text", '<p>One[^tin] and <b>two[^a-2]</b>, not [^nobody], <a href="/?q=[^tin]">nor[^tin]</a>.</p>'),
        ("callout", {"kind": "note", "title": "", "text": "<p>Again[^tin].</p>"}),
        ("footnotes", [{"name": "tin", "text": "<p>Tins[^a-2].</p>"}, {"name": "a-2", "text": "<p>A.</p>"}]),
    )
    references = re.findall(r'<sup class="fn"><a href="#([^"]+)" id="([^"]+)"[^>]+>(\d)</a></sup>', body)
    assert references == [
        ("note-tin", "ref-1-tin", "1"),
        ("note-a-2", "ref-1-a-2", "2"),
        ("note-tin", "ref-2-tin", "1"),
    ]
    assert "not [^nobody]" in body
    assert '<a href="/?q=[^tin]">nor[^tin]</a>' in body
    assert "Tins[^a-2]." in body
    first, second = re.findall(r'<li id="note-[^"]+">.*?</li>', body, re.DOTALL)
    assert re.findall(r'href="#(ref[^"]+)"[^>]*>(\w+)</a>', first) == [("ref-1-tin", "a"), ("ref-2-tin", "b")]
    assert re.findall(r'href="#(ref[^"]+)"[^>]*>(\w+)</a>', second) == [("ref-1-a-2", "Back")]


def test_a_table_says_which_cells_are_headers_and_aligns_its_numbers(shown):
    rows = [["", "Hours", "Kind"], ["Chalk", "0.5", "<b>Sign</b>"], ["Swaps", "€1,200", "3 things"]]
    table = {"data": rows, "table_header_choice": "both", "table_caption": "Starting"}
    body = shown(("table", table | {"first_row_is_table_header": True, "first_col_is_header": True}))
    assert re.search(r'<div[^>]+tabindex="0" role="region" aria-label="Starting"><table><caption>', body)
    assert '<tr><td></td><th scope="col" class="n">Hours</th><th scope="col">Kind</th></tr>' in body
    assert '<th scope="row">Chalk</th><td class="n">0.5</td><td>&lt;b&gt;Sign&lt;/b&gt;</td>' in body


def test_a_figure_comes_in_sizes_and_formats_with_its_words_and_its_credit(shown):
    image = picture(size=(1600, 1000), credit="Hanne Vik")
    body = shown(figure(image, alt="A bus “window”", caption="The stop."))
    kinds = dict(re.findall(r'<source[^>]+srcset="([^"]+)" type="image/(\w+)">', body))
    assert {kind: re.findall(r" (\d+)w", srcset) for srcset, kind in kinds.items()} == {
        "avif": ["1320", "840", "480"],
        "webp": ["1320", "840", "480"],
    }
    [tag] = re.findall(r"<img[^>]+>", body)
    assert 'alt="A bus “window”"' in tag
    assert 'loading="lazy"' in tag
    assert 'width="840"' in tag
    assert 'height="525"' in tag
    assert ".jpg" in tag
    assert "The stop.<br>Picture: Hanne Vik" in " ".join(body.split())


def test_a_small_picture_is_made_in_no_size_twice_and_may_have_a_credit_of_its_own(shown):
    body = shown(figure(picture(size=(500, 300), credit="Hanne Vik"), credit="Osei"))
    assert re.findall(r" (\d+)w", body) == ["500", "480"] * 2
    assert "Picture: Osei" in body


def test_a_gallery_is_a_list_of_figures(shown):
    empty = {"alt": "A bus", "caption": "", "credit": ""}
    first = {"image": picture("one.png"), **empty, "caption": "One."}
    body = shown(("gallery", {"title": "Buses", "pictures": [first, {"image": picture("two.png"), **empty}]}))
    [items] = re.findall(r'<ul role="list".*?</ul>', body, re.DOTALL)
    assert items.count("<li>") == items.count("<figure") == 2
    assert "<figcaption>One.</figcaption>" in items
    assert 'aria-label="Buses"' in body


def test_what_is_gone_leaves_its_place_empty(client, week, add_step):
    image, card, film = picture(), document(), recording("video", "door.mp4")
    sound = recording("audio", "hum.mp3")
    body = [
        figure(image),
        ("download", {"file": card, "title": "Card"}),
        video(file=film),
        ("audio", {"title": "Hum", "file": sound, "chapters": "", "transcript": "<p>Hm.</p>"}),
    ]
    step = add_step(week, "Gone", body=body)
    for thing in (image, card, film, sound):
        thing.delete()
    response = client.get(step.url)
    assert response.status_code == 200
    assert not re.search(rb"<img|<video|<audio|card\.pdf", response.content)


def test_a_picture_whose_file_is_lost_is_still_said_in_words(shown):
    image = picture()
    image.file.storage.delete(image.file.name)
    assert re.search(r'<img[^>]+width="60" height="40" alt="A bus"', shown(figure(image)))


def test_sizes_are_made_for_a_second_and_the_rest_is_shown_as_it_was_uploaded(shown, monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", -1)
    assert re.search(
        r'<img src="/files/original_images/bus[^"]*" width="60" height="40"', shown(figure(picture()))
    )
    # A size that exists is used, however late it is.
    image = picture("late.png")
    pictures.picture(image, "A bus")
    assert "<picture>" in pictures.picture(image, "A bus", until=time.monotonic() - 1)


def test_a_film_of_ours_plays_in_the_browsers_own_player(shown):
    film = recording("video", "door.mp4", width=640, height=480)
    captions = [{"language": code, "file": document(f"{code}.vtt", b"WEBVTT")} for code in ("en", "es")]
    body = shown(
        video(
            file=film,
            poster=picture("still.png"),
            captions=captions,
            chapters="0:00 Outside\n1:05 The pause",
            audio=recording("audio", "door.mp3"),
            transcript="<p>A door opens.</p>",
        )
    )
    [tag] = re.findall(r"<video[^>]+>", body)
    for attribute in (
        "controls",
        'preload="none"',
        'poster="/files/images/still',
        'width="640" height="480"',
    ):
        assert attribute in tag
    tracks = re.findall(
        r'<track kind="captions" src="([^"]+)" srclang="(\w+)" label="([^"]+)"( default)?>', body
    )
    assert [track[1:] for track in tracks] == [("en", "English", " default"), ("es", "Español", "")]
    assert re.search(r'<a href="/files/media/door[^"]*#t=65" data-at="65">The pause</a>', body)
    assert re.search(r'href="/files/media/door[^"]*\.mp3">.*?Sound alone</a></span><span>MP3, 16', body, re.S)
    assert re.search(r"<details[^>]*><summary>Transcript.*?<p>A door opens\.</p>", body, re.DOTALL)
    assert "iframe" not in body


@pytest.mark.parametrize(
    ("address", "embed", "words"),
    [
        (
            "https://youtu.be/dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            "From YouTube",
        ),
        ("https://tube.example.org/w/abc", "", "At tube.example.org"),
    ],
)
def test_a_film_elsewhere_is_a_link_and_loads_nothing_from_there(shown, address, embed, words):
    body = shown(video(address=address, chapters="0:30 The pause"))
    assert re.search(rf'<a class="facade[^>]+href="{re.escape(address)}"', body)
    assert (f'data-embed="{embed}' in body) is bool(embed)
    assert words in body
    assert "The pause" in body
    assert not re.search(r"<iframe|<video|<(?:img|script|link)[^>]+youtu", body)


def test_the_policy_lets_in_the_frames_of_two_hosts(client, course_index):
    policy = client.get(course_index.url).headers["Content-Security-Policy"]
    assert "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com;" in f"{policy};"


def test_a_sound_has_its_transcript_below(shown):
    value = {"title": "Hum", "file": recording("audio", "hum.mp3"), "chapters": "0:10 Higher"}
    body = shown(("audio", value | {"transcript": "<p>Hm.</p>"}))
    assert re.search(r'<audio[^>]+controls preload="none" aria-label="Hum" src="/files/media/hum', body)
    assert body.index("<audio") < body.index("#t=10") < body.index("<p>Hm.</p>")


def test_a_download_says_what_it_is_and_how_large(shown):
    body = shown(("download", {"file": document("counts.xlsx", b"x" * 1_240_000), "title": "All counts"}))
    assert re.search(r'<a href="/files/documents/counts\.xlsx" download>', body)
    assert "<strong>All counts</strong>" in body
    assert "Excel table, 1.2 MB" in body.replace("\xa0", " ")


class TestQuotedConversations:
    @pytest.fixture
    def post(self, course, week, person, joined):
        course.visitors_read_conversations = True
        course.save_revision().publish()
        return publish_beside(
            page=week, person=joined(person("hanne")), text="Turning a bus round isn’t free & easy."
        )

    def thread(self, address: str, quote: str = "") -> tuple[str, dict]:
        return "thread", {"address": address, "quote": quote, "words": "<p>Read this.</p>"}

    def test_show_who_said_it_and_the_way_there(self, shown, post):
        body = shown(self.thread(f"https://testserver/p/{post.pk}/", "isn’t free & easy"))
        assert "<p>Read this.</p>" in body
        assert f'<blockquote cite="/p/{post.pk}/"><p>isn’t free &amp; easy</p></blockquote>' in body
        assert '<a href="/people/hanne/">Hanne</a>' in body
        assert f'href="/p/{post.pk}/">Read on in “{post.topic.subject}”' in body

    def test_put_words_in_nobodys_mouth(self, shown, post):
        body = shown(self.thread(f"/p/{post.pk}/", "Buses are dear"))
        assert "Buses are dear" not in body
        assert "<p>Turning a bus round isn’t free &amp; easy.</p></blockquote>" in body

    def test_may_be_a_whole_thread(self, shown, post):
        body = shown(self.thread(post.topic.get_absolute_url()))
        assert f'href="{post.topic.get_absolute_url()}">{post.topic.subject}</a>' in body
        assert "1 post" in body

    def test_say_nothing_of_what_is_hidden_or_closed(self, shown, post, private_forum):
        Post.objects.filter(pk=post.pk).update(state=Post.State.HIDDEN)
        body = shown(self.thread(f"/p/{post.pk}/", "free"), self.thread("/p/999999/"))
        assert body.count("A conversation was quoted here.") == 2
        assert "Hanne" not in body
        assert body.count("<p>Read this.</p>") == 2


@pytest.mark.parametrize("times", [1, 4])
def test_a_body_costs_the_same_whatever_its_blocks(
    client, rf, week, add_step, person, joined, django_assert_num_queries, times
):
    noor = joined(person())
    other = add_step(week, "Another")
    blocks = []
    for number in range(times):
        post = publish_beside(page=week, person=noor, text=f"Thought {number}")
        links = "".join(f'<a linktype="page" id="{page.pk}">p</a>' for page in (week, other))
        links += f'<a linktype="document" id="{document().pk}">d</a>'
        sample = {"image": picture(f"a{number}.png"), "alt": "A", "caption": "", "credit": ""}
        sound = recording("audio", f"{number}.mp3")
        film = {
            "file": recording("video", f"{number}.mp4"),
            "poster": picture(f"c{number}.png"),
            "audio": sound,
        }
        blocks += [
            ("text", f"<p>{links}[^n]</p>"),
            ("callout", {"kind": "note", "title": "", "text": f"<p>{links}</p>"}),
            figure(picture(f"b{number}.png")),
            ("gallery", {"title": "G", "pictures": [sample, sample]}),
            video(captions=[{"language": "en", "file": document("en.vtt")}], **film),
            ("audio", {"title": "A", "file": sound, "chapters": "", "transcript": f"<p>{links}</p>"}),
            ("download", {"file": document(), "title": "D"}),
            ("thread", {"address": f"/p/{post.pk}/", "quote": "", "words": ""}),
            ("thread", {"address": post.topic.get_absolute_url(), "quote": "", "words": f"<p>{links}</p>"}),
        ]
    step = add_step(week, "All", body=[*blocks, ("footnotes", [{"name": "n", "text": "<p>N</p>"}])])
    client.force_login(noor)
    client.get(step.url)  # makes the sizes of the pictures
    request = rf.get(step.url)
    request.user = noor
    page = ReadingPage.objects.get(pk=step.pk)
    # 1 pictures, 2 their sizes, 3 films and sound, 4 documents; 5 posts and 6 topics quoted; in texts: linked
    # pages (7 their kinds, 8 weeks, 9 readings) and 10 documents.
    with django_assert_num_queries(10):
        html = Template("{% load course_tags %}{% body page.body %}").render(
            Context({"page": page, "request": request})
        )
    assert html.count("<picture>") == 3 * times
    assert html.count("<blockquote") == times
    assert html.count("<track") == times


def test_a_body_of_words_costs_no_query(week, django_assert_num_queries):
    page = ReadingPage(body=[("text", "<p>Words[^a] and <a href='https://example.org/'>a link</a>.</p>")])
    with django_assert_num_queries(0):
        Template("{% load course_tags %}{% body page.body %}").render(Context({"page": page}))


def test_a_page_loads_the_styles_and_scripts_of_the_blocks_that_it_has(client, week, add_step):
    plain = client.get(add_step(week, "Plain", body=[("text", "<p>Words.</p>")]).url).content.decode()
    film = add_step(
        week, "Film", body=[video(address="https://vimeo.com/7"), video(address="https://vimeo.com/8")]
    )
    html = client.get(film.url).content.decode()
    for file in ("css/player.css", "js/player.js"):
        assert file not in plain
        assert html.count(file) == 1
    assert "css/table.css" not in html


def test_every_page_can_be_printed(client, week):
    html = client.get(week.url).content.decode()
    assert re.search(r'<link rel="stylesheet" href="[^"]*css/print\.css" media="print">', html)
