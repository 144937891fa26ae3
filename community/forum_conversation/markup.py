"""The one way from what a person typed to HTML, for posts, previews, feeds and letters.

CommonMark by markdown-it-py, with the inline HTML that a WordPress comment allows; nh3 (ammonia) is the last
gate, and whatever it does not know is gone. No pictures, no headings (they would break the page's outline).
"""

from __future__ import annotations

from html import unescape

import nh3
from markdown_it import MarkdownIt

from community.text import can_be_seen

# Stored with each post. Raise this when the same text would give other HTML.
RENDERER_VERSION = 1
MAX_LENGTH = 20_000  # characters

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "em", "hr", "i", "li", "ol", "p", "pre"),
    *("q", "s", "strong", "ul"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "del": {"datetime"},
    "ol": {"start"},
}

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
    strip_comments=True,
)
_markdown = (
    MarkdownIt("commonmark", {"html": True, "breaks": True, "linkify": True, "maxNesting": 20})
    .enable(["strikethrough", "linkify"])
    .disable(["image"])
)
_markdown.add_render_rule("heading_open", lambda *args: "<p><strong>")
_markdown.add_render_rule("heading_close", lambda *args: "</strong></p>\n")


def render(text: str) -> str:
    """Safe HTML for `text`. Raises ValueError beyond MAX_LENGTH characters."""
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{len(text)} characters are more than {MAX_LENGTH}")
    return _cleaner.clean(_markdown.render(text.replace("\x00", "")))


def has_words(html: str) -> bool:
    """True where something is left to read in rendered `html`."""
    return can_be_seen(unescape(nh3.clean(html, tags=set())))
