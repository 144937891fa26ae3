"""What templates of courses ask about the person who reads them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.clock import day_text
from modules.courses.models import CoursePage
from modules.courses.selectors import CourseOutline, OutlineStep, OutlineWeek

from .. import selectors
from ..actions import TickedWeek
from ..people import COUNTED, count_people
from ..selectors import Left, Onward, Progress

register = template.Library()

SPINE_ID = "week-spine"


@register.simple_tag(takes_context=True)
def progress_of(context: Context, course: CoursePage) -> Progress | None:
    """`{% progress_of course as progress %}`: None for visitors and for whoever is not on the course.

    Asked once a request, however many parts of a page want it.
    """
    request = context.get("request")
    if request is None:
        return None
    kept = request.__dict__.setdefault("_progress", {})
    if course.pk not in kept:
        kept[course.pk] = selectors.progress_of(request.user, course)
    return kept[course.pk]


@register.simple_tag
def people_words(course: CoursePage) -> str:
    """How many take a course, in words: “438 people”, “More than 1000 people”. One query."""
    number = count_people(course)
    if number > COUNTED:
        return _("More than %(number)d people") % {"number": COUNTED}
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


@register.simple_tag
def step_state(progress: Progress | None, step: OutlineStep) -> str:
    """The `data-state` of a step in an outline: “done”, “now”, “optional” or “”."""
    state = progress.step_state(step.page_id) if progress else ""
    return state or ("optional" if step.optional else "")


@register.simple_tag
def week_state(progress: Progress | None, week: OutlineWeek) -> str:
    """The `data-state` of a week: “next”, “now”, “done”, “part”.

    Without progress an open week is drawn as a finished one: a book on the shelf. With it, an untouched one
    is drawn as a begun one that is not filled.
    """
    if progress:
        state = progress.week_state(week)
        return "part" if state == "open" else state
    if not week.is_open:
        return "next"
    return "now" if week.is_now else "done"


@register.simple_tag
def week_fill(progress: Progress | None, week: OutlineWeek) -> str:
    """The `data-fill` of a begun week: “10” to “90”; “” for every other."""
    return str(progress.fill(week)) if progress and progress.week_state(week) == "part" else ""


@register.simple_tag
def week_words(progress: Progress | None, week: OutlineWeek) -> str:
    """The state of a week in words: “finished”, “3 of 5 steps done”, “this week, …”, “opens later”."""
    if progress:
        return progress.week_words(week)
    if week.is_catch_up:
        return selectors.catch_up_words(week)
    if not week.is_open:
        return _("opens later")
    return _("this week") if week.is_now else _("open")


@register.simple_tag
def week_counts(progress: Progress, week: OutlineWeek) -> dict[str, int]:
    """`{% week_counts progress week as counts %}`: `done` and `required` steps, `minutes` of those left."""
    done, required = progress.counts(week)
    return {"done": done, "required": required, "minutes": sum(step.minutes for step in progress.left(week))}


@register.simple_tag
def onward(outline: CourseOutline, progress: Progress) -> Onward | None:
    """`{% onward outline progress as next_step %}`: the next step in one course; None if all is done."""
    return selectors.onward([outline], progress)


@register.simple_tag
def left_before(outline: CourseOutline, progress: Progress, week: OutlineWeek) -> Left:
    """`{% left_before outline progress week as left %}`: what is open from the weeks before this one."""
    return selectors.left_before(outline, progress, week)


@register.simple_tag
def finished_words(outline: CourseOutline, progress: Progress) -> str:
    """“2 weeks finished, 1 under way.”"""
    finished, begun = progress.weeks(outline)
    if not finished:
        if not begun:
            return _("Nothing begun yet.")
        return ngettext("%(count)d week under way.", "%(count)d weeks under way.", begun) % {"count": begun}
    words = ngettext("%(count)d week finished", "%(count)d weeks finished", finished) % {"count": finished}
    if begun:
        return _("%(finished)s, %(count)d under way.") % {"finished": words, "count": begun}
    return _("%(finished)s.") % {"finished": words}


@register.simple_tag
def when_day(moment: dt.datetime) -> str:
    """The day of a moment in the reader's zone: “5 October”."""
    return day_text(timezone.localtime(moment).date(), timezone.localdate())


@register.inclusion_tag("components/shelf.html")
def shelf(
    outline: CourseOutline,
    progress: Progress | None = None,
    current: int | None = None,
    mini: bool = False,
    classes: str = "",
    titled: bool = False,
) -> dict:
    """A course as a shelf of spines.

    `current` is the page id of the week one is in (the week that is on now, if not given); `mini` the small
    one; `classes` sizes ("sh sh2"); `titled` prints the names of weeks where there is room.
    """
    now = outline.week_now
    here = current or (now.page_id if now else None)
    return {
        "spines": [_spine(progress, week, week.url, week.page_id == here) for week in outline.weeks],
        "spine_id": SPINE_ID if current else "",
        "mini": mini,
        "classes": " ".join(filter(None, ["mini" if mini else "", classes, "titled" if titled else ""])),
        "titled": titled,
    }


@register.inclusion_tag("components/shelf.html")
def ticked_spine(week: TickedWeek, progress: Progress, url: str) -> dict:
    """The week one is in, for htmx to put in its place on the small shelf. `url` is the week's address."""
    return {"spines": [_spine(progress, week, url, True)], "spine_id": SPINE_ID, "mini": True, "oob": True}


def _spine(progress: Progress | None, week: OutlineWeek | TickedWeek, url: str, is_current: bool) -> dict:
    return {
        "week": week,
        "url": url,
        "state": week_state(progress, week),
        "fill": week_fill(progress, week),
        "words": week_words(progress, week),
        "is_current": is_current,
    }


@register.inclusion_tag("modules/progress/tick.html", takes_context=True)
def tick(context: Context, step: OutlineStep, progress: Progress, quiet: bool = False) -> dict:
    """The form that ticks a step or takes the tick off, and leads back to this page.

    `quiet` where a page has several of them.
    """
    request = context["request"]
    return {
        "step": step,
        "done_at": progress.done.get(step.page_id),
        "next": request.get_full_path(),
        "quiet": quiet,
        "csrf_token": context.get("csrf_token"),
    }
