"""What each page does, by hand."""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

# The one thing taken from the site: what people write must become the same HTML on both sides.
from community.forum_conversation.markup import render as markdown

from . import sql

CLOTHS = ("bottle", "oxblood", "navy", "ochre", "slate", "plum", "moss", "teal")
KINDS = {"lecturepage": "Lecture", "readingpage": "Reading", "activitypage": "Activity"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


# Reading ----------------------------------------------------------------------------------------------
@require_GET
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    found = sql.rows(sql.TOPIC, topic=pk, person=request.user.pk or 0)
    if not found:
        raise Http404
    topic = found[0]
    zone = zone_of(request.user)
    topic["when"] = when(topic["created"], zone)
    context = thread(request, topic, zone) | {"section": "forum"}
    seen = {post["poster_id"]: post for post in context["posts"] if post["poster_id"]}
    context["people"] = list(seen.values())[:12]
    return answer(request, "topic.html", context)


def thread(request: HttpRequest, topic: dict, zone: dt.tzinfo) -> dict:
    """The first page of a topic: its posts, and what this person may do with them."""
    person, rights = request.user.pk, topic["rights"]
    if "can_read_forum" not in rights:
        raise Http404
    posts = []
    for post in sql.rows(sql.POSTS, topic=topic["id"], forum=topic["forum_id"], first=1):
        if post["state"] != 1 and not post["replies_count"]:
            continue
        decorate(post, zone)
        post["level"] = len(post["path"]) // 4
        if post["affiliation_visibility"] != "public" and not (
            person and post["affiliation_visibility"] == "members"
        ):
            post["affiliation"] = ""
        post["answer"] = "" if post["id"] == topic["first_post_id"] else post["id"]
        posts.append(post)
    total = (topic["next_ordinal"] + 18) // 20
    return {
        "topic": topic,
        "posts": posts,
        "pages": range(1, total + 1) if total > 1 else (),
        "may_write": topic["status"] == 0 and ("can_reply_to_topics" in rights or not person),
    }


@require_GET
def forum_index(request: HttpRequest) -> HttpResponse:
    zone, shelves = zone_of(request.user), {}
    for forum in sql.rows(sql.FORUMS, person=request.user.pk or 0):
        if forum["post_id"]:
            decorate(forum, zone)
        shelves.setdefault(forum["category"], []).append(forum)
    listed = sorted(shelves.items(), key=lambda shelf: shelf[0] is None)
    return answer(request, "forum_index.html", {"shelves": listed, "section": "forum"})


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    zone = zone_of(request.user)
    course = sql.rows(sql.FEATURED)[0]
    outline(course, request.user, sql.rows(sql.ENROLLED, person=request.user.pk or 0, course=course["id"]))
    topics = sql.rows(sql.TALK, person=request.user.pk or 0)
    for one in topics:
        decorate(one, zone)
    leaders = sql.rows(sql.LEADERS, course=course["id"])
    minutes = [step["minutes"] for week in course["weeks"] for step in week["steps"]]
    context = {
        "course": course,
        "instructors": ", ".join(one["name"] for one in leaders if one["role"] == "instructor"),
        "mentors": sum(one["role"] == "mentor" for one in leaders),
        "shortest": min(minutes, default=0),
        "longest": max(minutes, default=0),
        "topics": topics,
    }
    return answer(request, "home.html", context)


@require_GET
def week(request: HttpRequest, course: str, week: str) -> HttpResponse:
    found = sql.rows(sql.WEEK, slug=week, url_path=f"/home/courses/{course}/{week}/")
    if not found or found[0]["opens_at"] > dt.datetime.now(dt.UTC):
        raise Http404
    page = found[0]
    zone = zone_of(request.user)
    course = sql.rows(sql.COURSE_ABOVE, path=page["path"])[0]
    outline(course, request.user, sql.rows(sql.ENROLLED, person=request.user.pk or 0, course=course["id"]))
    place = next(n for n, one in enumerate(course["weeks"]) if one["id"] == page["id"])
    page |= course["weeks"][place]
    page["blocks"] = json.loads(page["body"])
    page["outcomes"] = page["outcomes"].splitlines()
    for step in page["steps"]:
        if step["done_at"]:
            step["when"] = when(step["done_at"], zone)
    context = {
        "course": course,
        "week": page,
        "leaders": [one for one in sql.rows(sql.LEADERS, course=course["id"]) if one["role"] == "instructor"],
        "before": course["weeks"][place - 1] if place else None,
        "after": course["weeks"][place + 1] if place + 1 < len(course["weeks"]) else None,
        "section": "courses",
    }
    for one in context["leaders"]:
        one |= {"initials": initials(one["name"]), "cloth": CLOTHS[one["id"] % 8]}
    if page["topic_id"]:
        context |= thread(
            request, sql.rows(sql.TOPIC, topic=page["topic_id"], person=request.user.pk or 0)[0], zone
        )
    return answer(request, "week.html", context)


@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/accounts/login/")
    zone = zone_of(request.user)
    courses = sql.rows(sql.MINE, person=request.user.pk)
    for course in courses:
        outline(course, request.user, [course])
    mine = {row["topic_id"] for row in sql.rows(sql.MY_TOPICS, person=request.user.pk)}
    talk = sql.rows(sql.MY_TALK, person=request.user.pk, topics=list(mine))
    for topic in talk:
        decorate(topic, zone)
    now = dt.datetime.now(zone)
    going = next((course for course in courses if course["next"]), None)
    if going and going["next"]["opened_at"]:
        going["next"]["when"] = when(going["next"]["opened_at"], zone)
    part = "morning" if 5 <= now.hour < 12 else "afternoon" if 12 <= now.hour < 18 else "evening"
    context = {
        "courses": courses,
        "going": going,
        "talk": talk,
        "greeting": f"Good {part}, {request.user.display_name}",
        "moment": f"{now:%A} {now.day} {now:%B}, {now:%H:%M} {now.tzname()}",
        "section": "learning",
    }
    return answer(request, "my_learning.html", context)


def outline(course: dict, user, enrolled: list[dict]) -> None:
    """Put the weeks of `course` on it, with their steps and what this person did."""
    weeks, steps = sql.rows(sql.WEEKS, path=course["path"]), sql.rows(sql.STEPS, path=course["path"])
    done, opened, finished = {}, {}, {}
    for row in sql.rows(sql.STATES, person=user.pk, course=course["id"]) if enrolled else ():
        {"done": done, "now": opened, "week": finished}[row["state"]][row["id"]] = row["at"]
    now = dt.datetime.now(dt.UTC)
    by_path = {week["path"]: week for week in weeks}
    for number, week in enumerate(weeks, 1):
        week["number"], week["url"], week["steps"] = number, week["url_path"][5:], []
        week["starts_on"] = course["starts_on"] + dt.timedelta(days=week["offset_days"])
        week["ends_on"] = week["starts_on"] + dt.timedelta(days=week["length_days"] - 1)
        week["is_open"] = week["opens_at"] <= now
        week["is_now"] = week["is_open"] and now < week["opens_at"] + dt.timedelta(days=week["length_days"])
        week["dates"] = (
            f"{week['starts_on'].day} {week['starts_on']:%B} to {week['ends_on'].day} {week['ends_on']:%B}"
        )
    for step in steps:
        step["minutes_text"] = duration(step["minutes"])
        step["kind"], step["url"] = KINDS[step["model"]], step["url_path"][5:]
        step["done_at"] = done.get(step["id"])
        step["opened_at"] = opened.get(step["id"])
        step["state"] = "done" if step["done_at"] else "now" if step["opened_at"] else ""
        by_path[step["path"][:20]]["steps"].append(step)
    for week in weeks:
        required = [step for step in week["steps"] if not step["optional"]]
        ticked = sum(step["state"] == "done" for step in required)
        week["minutes"] = duration(sum(step["minutes"] for step in required))
        week["left"] = duration(sum(step["minutes"] for step in required if step["state"] != "done"))
        week["done"], week["required"] = ticked, len(required)
        week["state"], week["words"] = state_of(week, ticked, len(required), week["id"] in finished)
    course["weeks"], course["enrolled"] = weeks, bool(enrolled)
    course["url"] = course["url_path"][5:]
    course["now"] = next((week for week in weeks if week["is_now"]), None)
    course["ends_on"] = weeks[-1]["ends_on"] if weeks else course["starts_on"]
    course["finished"] = sum(week["state"] == "done" for week in weeks)
    course["under_way"] = sum(week["state"] in ("now", "part") for week in weeks)
    todo = [
        (week, step) for week in weeks if week["is_open"] for step in week["steps"] if step["state"] != "done"
    ]
    started = [pair for pair in todo if pair[1]["opened_at"]]
    going, step = (
        max(started, key=lambda pair: pair[1]["opened_at"]) if started else (todo or [(None, None)])[0]
    )
    course["next"] = step and {
        "week": going,
        "step": step,
        "number": going["steps"].index(step) + 1,
        "opened_at": step["opened_at"],
    }
    course["short"] = [
        step for _week, step in reversed(todo) if step["minutes"] <= 10 and not step["optional"]
    ][:2]


def state_of(week: dict, done: int, required: int, finished: bool) -> tuple[str, str]:
    """How a week's spine looks, and the words for it."""
    if not week["is_open"]:
        return "next", "opens later"
    if finished or (required and done == required):
        return "done", "finished"
    begun = any(step["state"] for step in week["steps"])
    words = f"{'started' if begun else 'open'}, {required} steps"
    if done:
        words = f"{done} of {required} steps done"
    if week["is_now"]:
        return "now", f"this week, {words}"
    return ("part" if begun else "open"), words


# Writing ----------------------------------------------------------------------------------------------
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/accounts/login/")
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip() or len(text) > 20_000 or "\x00" in text:
        return HttpResponse("Not a post.", status=422)
    html, now = markdown(text), dt.datetime.now(dt.UTC)
    parent, person = int(request.POST.get("parent") or 0), request.user.pk
    with transaction.atomic():
        topic = sql.rows(sql.HOLD_TOPIC, topic=pk, person=person)[0]
        if "can_reply_to_topics" not in topic["rights"] or topic["status"] != 0:
            return HttpResponseForbidden("Not here.")
        place = {"parent": None, "root": None, "depth": 0, "ordinal": topic["next_ordinal"]}
        path = base36(topic["next_ordinal"])
        if parent and parent != topic["first_post_id"]:
            near = sql.rows(sql.ANSWERED, topic=pk, parent=parent)[0]
            place = {
                "parent": parent,
                "root": near["root_id"],
                "depth": near["depth"],
                "ordinal": near["next_ordinal"],
            }
            path = near["shelf"] + base36(near["next_child"])
            sql.change(sql.COUNT_ANSWER, parent=parent, root=near["root_id"], above=near["above_id"])
        post = sql.rows(
            sql.ADD_POST,
            topic=pk,
            forum=topic["forum_id"],
            top=int(place["parent"] is None),
            person=person,
            text=text,
            html=html,
            path=path,
            key=UUID(request.POST["key"]),
            now=now,
            **place,
        )[0]["id"]
    page = (place["ordinal"] + 19) // 20
    return see_other(f"{request.POST.get('next', '/')}?page={page}#p{post}")


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    person, now = request.user.pk, dt.datetime.now(dt.UTC)
    with transaction.atomic():
        held = sql.rows(sql.HOLD_ENROLMENT, person=person or 0, step=pk)
        if not held:
            return HttpResponseForbidden("Not on this course.")
        steps = sql.rows(sql.OF_THE_WEEK, person=person, path=held[0]["path"])
        if steps[0]["opens_at"] > now:
            return HttpResponseForbidden("Not open yet.")
        this = next(step for step in steps if step["id"] == pk)
        record = {
            "person": person,
            "course": held[0]["course_id"],
            "course_title": held[0]["course_title"],
            "week": this["week_id"],
            "now": now,
        }
        if not this["done"]:
            sql.change(sql.TICK, step=pk, title=this["title"], uid=this["uid"], **record)
            this["done"] = True
        required = [step for step in steps if not step["optional"]]
        if required and all(step["done"] for step in required) and not this["recorded"]:
            basis = json.dumps([{"uid": step["uid"], "title": step["title"]} for step in required])
            sql.change(sql.FINISH, title=this["week_title"], uid=this["week_uid"], basis=basis, **record)
    return see_other(request.POST.get("next", "/"))


@require_POST
def untick(request: HttpRequest, pk: int) -> HttpResponse:
    person, now = request.user.pk, dt.datetime.now(dt.UTC)
    with transaction.atomic():
        held = sql.rows(sql.HOLD_ENROLMENT, person=person or 0, step=pk)
        if not held:
            return HttpResponseForbidden("Not on this course.")
        sql.change(sql.UNTICK, person=person, step=pk, now=now)
        sql.rows(sql.OF_THE_WEEK, person=person, path=held[0]["path"])
    return see_other(request.POST.get("next", "/"))


# Small things -----------------------------------------------------------------------------------------
def answer(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    context |= {"user": request.user, "theme": request.COOKIES.get("theme", ""), "path": request.path}
    if request.user.is_authenticated:
        context["my_initials"] = initials(request.user.display_name)
        context["my_cloth"] = CLOTHS[request.user.pk % 8]
    return render(request, template, context, using="bare")


def see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def zone_of(user) -> dt.tzinfo:
    return zoneinfo.ZoneInfo(user.time_zone) if user.is_authenticated else dt.UTC


def when(moment: dt.datetime, zone: dt.tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B, %H:%M}"


def decorate(row: dict, zone: dt.tzinfo) -> None:
    """Who and when, as it is shown."""
    row["when"] = when(row["created"], zone)
    row["initials"], row["cloth"] = initials(row["name"] or "–"), CLOTHS[(row["poster_id"] or 0) % 8]


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def initials(name: str) -> str:
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def base36(number: int) -> str:
    digits = ""
    for _place in range(4):
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits
