"""What a person types, and what reaches the page."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.forum_conversation.markup import ATTRIBUTES, MAX_LENGTH, TAGS, has_words, render


class Elements(HTMLParser):
    """All elements and attributes of a piece of HTML, as a browser's parser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def assert_harmless(html: str) -> None:
    for tag, attributes in Elements(html).elements:
        assert tag in TAGS, html
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel"}, html
        if tag == "a" and "href" in attributes:
            # Browsers drop these characters before they look for the scheme.
            address = re.sub(r"[\x00-\x20]", "", attributes["href"] or "")
            assert urlsplit(address).scheme.lower() in {"", "http", "https", "mailto"}, html
            assert attributes["rel"] == "nofollow ugc noopener"


HOSTILE = [
    "[a](javascript&colon;alert(1))",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:msgbox)",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "`<script>alert(1)</script>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<math><mtext></table></math><img src onerror=alert(1)>",
    "<p style='position:fixed'>x</p>",
    "<a href='https://example.org' onclick='alert(1)'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "![x](https://example.org/track.png)",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action='/accounts/logout/'><button>x</button></form>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{display:none}</style>",
    "[x]: javascript:alert(1)\n\n[x]",
    '<https://example.org/"onmouseover=alert(1)>',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_comes_out_harmless(text):
    assert_harmless(render(text))


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("<>&;:()[]!`*_~#-/\\\"'=\n javscriptonerhf0x3aimg\x00"), max_size=200)
)
def test_any_text_comes_out_harmless(text):
    assert_harmless(render(text))


def test_markdown_and_the_html_of_a_comment_are_kept():
    html = render(
        "*one* **two** ~~three~~\n\n> said\n\n- a\n- b\n\n"
        "<q>quoted</q> <abbr title='Online public access'>OPAC</abbr>"
    )
    for part in ("<em>one</em>", "<strong>two</strong>", "<s>three</s>", "<blockquote>", "<li>a</li>", "<q>"):
        assert part in html
    assert '<abbr title="Online public access">' in html


def test_a_bare_address_becomes_a_link_that_helps_no_spammer():
    assert 'href="https://example.org/a" rel="nofollow ugc noopener"' in render("see https://example.org/a")


def test_a_heading_becomes_strong_words_so_that_the_pages_outline_stays_whole():
    assert render("# Big") == "<p><strong>Big</strong></p>\n"


def test_a_line_break_is_a_line_break():
    assert "<br>" in render("one\ntwo")


@pytest.mark.parametrize(
    "text", ["[a](" * 5000, ">" * 2000, "*" * 20_000, "`" * 20_000, "<b>" * 6000, "[" * 20_000]
)
def test_markup_built_to_be_slow_is_not(text):
    text = text[:MAX_LENGTH]
    start = time.process_time()
    assert_harmless(render(text))
    assert time.process_time() - start < 2


def test_more_than_the_limit_is_refused():
    with pytest.raises(ValueError, match="more than"):
        render("x" * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p></p>", False),
        ("<p>\xa0</p>", False),
        ("<p>a</p>", True),
        ("<hr>", False),
        ("<p>\u200b&#8203;&nbsp;</p>", False),
    ],
)
def test_words_are_what_is_left_to_read(html, words):
    assert has_words(html) is words
