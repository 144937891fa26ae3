"""What blocks refuse, what they say of each other, and how they look in the editor's picker."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import escape
from wagtail.blocks import Block

from modules.courses.blocks import BodyBlock
from modules.courses.blocks.notes import note_faults, references_in, replace_references
from modules.courses.blocks.recordings import RecordingValue, VideoBlock, language_name, player_of
from modules.courses.models import LecturePage, QuizPage, ReadingPage, SurveyPage

BODY = ReadingPage._meta.get_field("body").stream_block


class TestFootnotes:
    def notes(self, *names: str) -> tuple[str, list]:
        return "footnotes", [{"name": name, "text": "<p>A note.</p>"} for name in names]

    def faults(self, *blocks) -> list[str]:
        return list(note_faults(BODY, blocks))

    def test_are_right_where_each_has_a_reference_somewhere(self):
        blocks = [
            ("text", "<p>One[^a], and again[^a].</p>"),
            ("callout", {"kind": "note", "title": "", "text": "<p>[^b]</p>"}),
            ("definition", {"term": "[^x] in a plain field", "text": "<p>[^c]</p>"}),
            self.notes("a", "b", "c"),
        ]
        assert self.faults(*blocks) == []

    def test_are_judged_both_ways_round(self):
        missing, unused = self.faults(("text", "<p>Here[^lost].</p>"), self.notes("idle"))
        assert "[^lost]" in missing
        assert "“idle”" in unused

    def test_cannot_be_referred_to_from_another_note_nor_from_the_words_of_a_link(self):
        link = '<p><a href="https://example.org/">See[^a]</a></p>'
        assert len(self.faults(("text", link), self.notes("a"))) == 1
        assert len(self.faults(("footnotes", [{"name": "a", "text": "<p>[^a]</p>"}]))) == 1

    @pytest.mark.parametrize(
        "html",
        ['<a href="/x?y=[^a]">x</a>', "<a title='>[^a]' href=\"/\">x</a>", "<b data-x='[^a]'>b</b>", "[^ a]"],
    )
    def test_are_not_seen_where_there_is_no_text(self, html):
        assert references_in(html) == []
        assert replace_references(html, lambda name: "!") == html

    def test_of_one_name_are_refused_by_the_editor_and_in_a_folder_in_the_same_words(self):
        block = BODY.child_blocks["footnotes"]
        [said] = block.list_faults([{"name": "Tin"}, {"name": "tin "}])
        with pytest.raises(ValidationError) as refused:
            block.clean(block.normalize(self.notes("Tin", "tin")[1]))
        assert said.startswith("Two footnotes are called")
        assert refused.value.as_json_data()["messages"] == ["Two footnotes are called “tin”."]

    def test_may_wait_while_a_body_is_a_draft(self):
        block = BodyBlock()
        body = block.normalize([("text", "<p>To be noted[^later].</p>")])
        assert len(block.clean_deferred(body)) == 1
        with pytest.raises(ValidationError) as refused:
            block.clean(body)
        [words] = refused.value.as_json_data()["messages"]
        assert "[^later]" in words


class TestTables:
    def clean(self, **fields):
        return BODY.child_blocks["table"].clean(
            {"data": [["a", "b"]], "table_caption": "Hours", "table_header_choice": "row"} | fields
        )

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"table_caption": " "}, "caption"),
            ({"table_header_choice": "neither"}, "headers"),
            ({"data": [["", None]]}, "empty"),
            ({"data": [["x"] * 21]}, "at most"),
            ({"data": [["x" * 501]]}, "characters"),
        ],
    )
    def test_without_what_a_listener_needs_are_refused_in_words(self, fields, words):
        with pytest.raises(ValidationError, match=words):
            self.clean(**fields)

    def test_of_nothing_at_all_are_refused_as_well(self):
        with pytest.raises(ValidationError, match="caption"):
            BODY.child_blocks["table"].clean(None)

    def test_end_with_rows_of_one_length(self):
        assert self.clean(data=[["a", "b"], ["c"]])["data"] == [["a", "b"], ["c", ""]]


class TestFilmsElsewhere:
    @pytest.mark.parametrize(
        ("address", "embed"),
        [
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
            ("https://youtu.be/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
            ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
            ("https://vimeo.com/22439234", "player.vimeo.com/video/22439234?dnt=1"),
            ("https://vimeo.com/22439234/0af1c2", "player.vimeo.com/video/22439234?h=0af1c2&dnt=1"),
            ("https://player.vimeo.com/video/22439234?h=0af1c2", "video/22439234?h=0af1c2&dnt=1"),
        ],
    )
    def test_have_their_hosts_player(self, address, embed):
        assert embed in player_of(address).embed

    @pytest.mark.parametrize(
        "address",
        [
            "https://tube.example.org/w/abc",
            "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com/@somebody",
            "https://youtu.be/‮dQw4w9WgXc",
            'https://vimeo.com/1?h="><script>',
            "",
        ],
    )
    def test_are_only_linked_where_no_player_is_known(self, address):
        assert player_of(address) is None

    def test_have_chapters_that_lead_there(self):
        film = RecordingValue(
            VideoBlock(), {"address": "https://vimeo.com/7", "chapters": "0:00 In\n1:01:05 Out"}
        )
        assert [(link.clock, link.href, link.embed.partition("#")[2]) for link in film.chapter_links] == [
            ("0:00", "https://vimeo.com/7#t=0", "t=0"),
            ("1:01:05", "https://vimeo.com/7#t=3665", "t=3665"),
        ]

    def test_with_chapters_that_nobody_can_read_have_none(self):
        assert RecordingValue(VideoBlock(), {"chapters": "soon: the pause"}).chapter_links == []


@pytest.mark.parametrize(
    ("code", "name"),
    [("es", "Español"), ("pt-BR", "Português brasileiro"), ("de-CH", "Deutsch"), ("tlh", "tlh")],
)
def test_a_language_goes_by_its_own_name(code, name):
    assert language_name(code) == name


def blocks_of(model, field: str) -> list[Block]:
    return list(model._meta.get_field(field).stream_block.child_blocks.values())


def test_every_block_says_what_it_is_for():
    fields = [
        (ReadingPage, "body"),
        (LecturePage, "slides"),
        (QuizPage, "questions"),
        (SurveyPage, "questions"),
    ]
    for block in (block for model, field in fields for block in blocks_of(model, field)):
        assert block.get_description(), block.name
        assert block.meta.icon != "placeholder", block.name


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_every_block_of_a_body_shows_its_look_in_the_picker(client, administrator, name):
    block = BODY.child_blocks[name]
    assert block.is_previewable
    client.force_login(administrator)
    response = client.get("/cms/block-preview/", {"id": block.definition_prefix})
    html = response.content.decode()
    assert response.status_code == 200
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script", html)
    for file in ("css/tokens.css", *getattr(block.meta, "styles", ())):
        assert file in html
    shown = html.split('<div class="prose">')[1]
    assert escape({"thread": "Hanne Vik", "figure": "sample.svg"}.get(name, "")) in shown
    assert len(re.sub(r"<[^>]+>|\s", "", shown)) > 5
