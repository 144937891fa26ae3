"""A thread as HTML.

A page shows up to two hundred posts, and a template costs more than the database for each of them. So a post
is put together here from its stored HTML and a few escaped values, in one place for all surfaces. Whatever
is not `row.html` (which markup.render made) or a number goes through `escape`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.clock import when_text
from community.accounts.models import User

from . import tree
from .models import Post
from .selectors import REPLIES_SHOWN, Row, ThreadPage

Visibility = User.Visibility
PUBLISHED = Post.State.PUBLISHED


HEAD = 160  # what a post's name, time and buttons take, in characters of its text
STEP = 640


@dataclass
class Reader:
    """For whom a thread is drawn, and how its links look from the page on which it stands."""

    signed_in: bool
    may_reply: bool = False
    moderates: bool = False
    author_id: int | None = None  # who is "Post author" here
    opening_post_id: int | None = None  # answered at the top level, not below it
    roles: Mapping[int, tuple] = field(default_factory=dict)
    # The address of the page, without a query: links to a branch or a reply hang on it.
    address: str = ""


def thread_html(page: ThreadPage, reader: Reader) -> SafeString:
    """The posts of a page as nested lists: `<ol class="thread">` with `<ol class="replies">` inside."""
    words = _Words()
    out: list[str] = ['<ol role="list" class="thread">']
    level = -1  # of the post written last
    root: Row | None = None
    shown = 0  # replies of the current root on this page
    paths = {row.path for row in page.rows}
    sizes: Counter[int] = Counter()
    for row in page.rows:
        sizes[row.root_id or row.id] += HEAD + len(row.html)
    for row in page.rows:
        row_level = tree.level(row.path)
        # A reply whose ancestors are on another page of its branch hangs where the nearest shown one hangs.
        while row_level > 1 and row.path[: row_level * tree.SEGMENT] not in paths:
            row_level -= 1
        row_level = min(row_level, level + 1)
        if row.root_id is None:
            _close(out, level, 0)
            _rest_of_branch(out, page, reader, root, shown)
            if root is not None:
                out.append("</li>")
            root, shown = row, 0
            out.append(f'<li class="z{_height(sizes[row.id])}">')
        else:
            shown += 1
            if row_level > level:
                out.append('<ol role="list" class="replies"><li>')
            else:
                _close(out, level, row_level)
                out.append("</li><li>")
        level = row_level
        _post(out, row, reader, words, answered=_answered(row, page, row_level))
    _close(out, level, 0)
    _rest_of_branch(out, page, reader, root, shown)
    out.append("</li></ol>" if root is not None else "</ol>")
    return mark_safe("".join(out))  # noqa: S308 – every part is escaped above or below


def _height(size: int) -> int:
    """How high a branch of this many characters will be, in steps of the style sheet (talk.css, .z1 to .z9).

    A browser lays out what is far away only when one comes near, and keeps as much room for it until then.
    """
    return min(1 + size // STEP, 9)


class _Words:
    """The words that every post repeats, translated once a page."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.reply, self.more = _("Reply"), _("More about this post by %(name)s")
        self.author = _("Post author")
        self.gone_name = _("Somebody who has left")
        self.hidden = _("Hidden for now. A moderator is looking at it. Replies stay.")
        self.deleted = _("Taken back by who wrote it. Replies stay.")
        self.hidden_tag = _("Hidden")
        self.held_tag = _("Waiting for a first look")
        self.in_reply_to = _("In reply to %(name)s")


def _close(out: list[str], level: int, target: int) -> None:
    """End the lists that are open below `target`."""
    for _step in range(level - target):
        out.append("</li></ol>")


def _answered(row: Row, page: ThreadPage, row_level: int) -> Row | None:
    """What `row` answers, where the indentation no longer shows it."""
    if row.parent_id is None or (row.depth == row_level and row_level < tree.MAX_LEVELS):
        return None
    return next((other for other in page.rows if other.id == row.parent_id), None)


def _post(out: list[str], row: Row, reader: Reader, words: _Words, answered: Row | None) -> None:
    if row.state != PUBLISHED and not reader.moderates:
        gone = words.deleted if row.state == Post.State.DELETED else words.hidden
        out.append(
            f'<article class="post tomb" id="p{row.id}"><span class="av" aria-hidden="true">–</span>'
            f'<div class="muted gone"><p>{escape(gone)}</p></div></article>'
        )
        return
    when = when_text(row.created, words.now)
    if row.poster_id:
        name = escape(row.name)
        by = f'<a href="/people/{escape(row.handle)}/">{name}</a>'
    else:
        name = escape(words.gone_name)
        by = f"<span>{name}</span>"
    tags = ""
    role = reader.roles.get(row.poster_id)
    if role:
        word, css = role.value
        tags = f' <span class="{css}">{escape(word)}</span>'
    if row.poster_id and row.poster_id == reader.author_id:
        tags += f' <span class="tag">{escape(words.author)}</span>'
    if row.state != PUBLISHED:
        word = words.held_tag if row.state == Post.State.HELD else words.hidden_tag
        tags += f' <span class="tag" data-cloth="ochre">{escape(word)}</span>'
    where = ""
    if row.affiliation and (
        row.affiliation_visibility == Visibility.PUBLIC
        or (reader.signed_in and row.affiliation_visibility == Visibility.MEMBERS)
    ):
        where = f'<span class="where">{escape(row.affiliation)}</span>'
    answers = ""
    if answered is not None:
        to = escape(words.in_reply_to % {"name": answered.name or words.gone_name})
        answers = f'<p class="hint"><a href="#p{answered.id}">{to}</a></p>'
    reply = ""
    if reader.may_reply and row.state == PUBLISHED:
        parent = "" if row.id == reader.opening_post_id else row.id
        reply = (
            f'<footer class="acts"><a class="act" href="{escape(reader.address)}?reply_to={parent}#reply"'
            f' data-reply="{parent}" data-name="{name}"><svg width="16" height="16" class="dir"'
            f' aria-hidden="true"><use href="#i-reply"/></svg>{escape(words.reply)}</a></footer>'
        )
    more = escape(words.more % {"name": row.name or words.gone_name})
    out.append(
        f'<article class="post" id="p{row.id}" aria-label="{name}, {escape(when)}">'
        f'<span class="av" data-cloth="{row.cloth}" aria-hidden="true">'
        f"{escape(row.initials)}</span>"
        f'<header class="by">{by}{tags} <a class="time" href="/p/{row.id}/">'
        f'<time datetime="{row.created:%Y-%m-%dT%H:%M:%SZ}">{escape(when)}</time></a>'
        f'<a class="act" href="/p/{row.id}/more/" aria-label="{more}">'
        f'<svg width="16" height="16" aria-hidden="true"><use href="#i-more"/></svg></a>{where}</header>'
        f'{answers}<div class="said">{row.html}</div>{reply}</article>'
    )


def _rest_of_branch(out: list[str], page: ThreadPage, reader: Reader, root: Row | None, shown: int) -> None:
    """The way to the replies of a branch that this page leaves out."""
    if root is None or page.branch or root.branch_count <= REPLIES_SHOWN:
        return
    rest = root.branch_count - shown
    if rest > 0:
        text = ngettext("Show %(number)s more reply", "Show %(number)s more replies", rest) % {"number": rest}
        out.append(
            f'<p class="more"><a href="{escape(reader.address)}?branch={root.id}">{escape(text)}</a></p>'
        )
