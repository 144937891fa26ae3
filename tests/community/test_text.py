"""Names, titles and posts that look like nothing, or turn what stands beside them."""

import pytest

from community.text import can_be_seen, one_line


@pytest.mark.parametrize("text", ["a", "?", "→", "的", "🙂", " x ", "\u200bx"])
def test_ink_can_be_seen(text):
    assert can_be_seen(text)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\u2060\u00ad", "\u3164", "\u2800\n", "\u202e", "\xa0"])
def test_nothing_cannot_be_seen(text):
    assert not can_be_seen(text)


def test_a_name_keeps_its_letters_and_turns_nothing_around():
    assert one_line(" Noor \n\u202eHaddad\u2069 ") == "Noor Haddad"
    assert one_line("نور حداد") == "نور حداد"
