"""Looking for words in a transcript: what counts as the same, what is marked, and that the rest stays."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.courses.transcripts import LONGEST, Passage, find, fold, wanted


def places(html: str, words: str) -> list[str]:
    """What is marked, place by place."""
    (passage,), count = find([Passage(html)], wanted(words))
    found: list[str] = []
    for name, text in re.findall(r"<mark( id=[^>]+)?>(.*?)</mark>", passage.html, re.DOTALL):
        if name:
            found.append(text)
        else:
            found[-1] += "|" + text
    assert count == len(found)
    assert re.sub(r"</?mark[^>]*>", "", passage.html) == html
    return found


@pytest.mark.parametrize(
    ("html", "words", "marked"),
    [
        ("<p>The pause. A Pause, the PAUSES.</p>", "pause", ["pause", "Pause", "PAUSE"]),
        ("<p>Älter als Ärger</p>", "ä", ["Ä", "a", "Ä"]),
        ("<p>Tromsø, Łódź, Straße, İzmir</p>", "tromso", ["Tromsø"]),
        ("<p>Tromsø, Łódź, Straße, İzmir</p>", "lodz", ["Łódź"]),
        ("<p>Tromsø, Łódź, Straße, İzmir</p>", "STRASSE", ["Straße"]),
        ("<p>Tromsø, Łódź, Straße, İzmir</p>", "izmir", ["İzmir"]),
        ("<p>ete\u0301, e\u0301te\u0301, été</p>", "été", ["ete\u0301", "e\u0301te\u0301", "été"]),
        ("<p>שָׁלוֹם</p>", "שלום", ["שָׁלוֹם"]),
        ("<p>مَرْحَبًا</p>", "مرحبا", ["مَرْحَبًا"]),
        ("<p>Η Αθήνα, η ΑΘΗΝΑ</p>", "αθηνα", ["Αθήνα", "ΑΘΗΝΑ"]),
        ("<p>図書館の図書</p>", "図書", ["図書", "図書"]),
        ("<p>I don’t — “really” – know</p>", "don't", ["don’t"]),
        ("<p>I don’t say “really”</p>", '"REALLY"', ["“really”"]),
        ("<p>two  \n words</p>", "two words", ["two  \n words"]),
        ("<p>two\xa0words</p>", "two words", ["two\xa0words"]),
        ("<p>one<br/>two</p>", "one two", ["one|two"]),
        ("<p>the <b>pa</b>use</p>", "pause", ["pa|use"]),
        ("<p>pa</p><p>use</p>", "pause", []),
        ("<p>one</p><p>two</p>", "one two", []),
        ('<p><a href="/door/?a=1&amp;b=2" title="a > door">the door</a></p>', "door", ["door"]),
        ("<p>1 &lt; 2 &amp; 3</p>", "<", ["&lt;"]),
        ("<p>aaaa</p>", "aa", ["aa", "aa"]),
        ("<p>ß</p>", "s", ["ß"]),
        ("<p>pause</p>", "\u0301", []),
        ("<p>pause</p>", "", []),
    ],
)
def test_the_same_word_is_found_in_any_dress(html, words, marked):
    assert places(html, words) == marked


def test_places_are_numbered_through_titles_and_passages_in_their_order():
    passages = [Passage("<p>A door.</p>", 1, "The door &amp; the step"), Passage("<p>No door</p>", 2, "Out")]
    found, count = find(passages, "door")
    assert count == 3
    assert found[0].title == 'The <mark id="place-1">door</mark> &amp; the step'
    assert found[0].html == '<p>A <mark id="place-2">door</mark>.</p>'
    assert found[1].html == '<p>No <mark id="place-3">door</mark></p>'
    assert [passage.number for passage in found] == [1, 2]


def test_a_query_is_cut_and_freed_of_what_has_no_sign():
    assert wanted("  two \n words\t") == "two words"
    assert wanted("a\x00b\x1bc\u200bd") == "abcd"
    assert len(wanted("word " * 1000)) <= LONGEST
    assert wanted("\x00" * 5000) == ""


@given(st.text(max_size=60), st.text(max_size=8))
def test_marking_changes_nothing_but_the_marks(text, words):
    html = "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>"
    (passage,), count = find([Passage(html)], wanted(words))
    assert unescape(re.sub(r"</?mark[^>]*>", "", passage.html)) == unescape(html)
    assert passage.html.count("<mark id=") == count
    assert passage.html.count("<mark") == passage.html.count("</mark>")


@given(st.characters())
def test_every_character_is_compared_as_something_without_case(sign):
    assert fold(sign) == fold(sign).lower()
