"""The forum's pages, and everything that is sent from a conversation.

A writing view reads: find, check and act (in one action), answer. Whatever goes wrong, the words that were
typed come back on the page that says so.
"""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from community.forum import access
from community.forum.models import Forum
from community.forum_conversation import markup
from community.forum_conversation.actions import lock_topic, move_topic, publish_post, start_topic
from community.forum_conversation.errors import Refused
from community.forum_conversation.models import Post, Topic
from community.forum_conversation.permissions import (
    check_moderate,
    check_post_visible,
    check_read,
    check_start,
)
from community.forum_conversation.selectors import forum_shelves, place_in_thread, topics_in

from .actions import publish_beside
from .forms import ReplyForm, TopicForm
from .kept import forget_reply, keep_reply, kept_reply
from .mixins import DiscussionMixin
from .models import Place
from .selectors import thread_context


# Reading ----------------------------------------------------------------------------------------------
@require_safe
def forum_index(request: HttpRequest) -> HttpResponse:
    """All forums that the reader may read."""
    return render(request, "community/discussions/forum_index.html", {"shelves": forum_shelves(request.user)})


@require_safe
def forum(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The topics of one forum."""
    forum = get_object_or_404(Forum.objects.select_related("parent"), pk=pk, type=Forum.FORUM_POST)
    rights = check_read(user=request.user, forum_id=forum.pk)
    if slug != forum.slug:
        return redirect(forum)
    try:
        topics = topics_in(forum, request.GET.get("before", ""))
    except ValueError as error:
        raise Http404 from error
    context = {"forum": forum, "list": topics, "may_start": access.START in rights, "section": "forum"}
    return render(request, "community/discussions/forum.html", context)


@require_safe
def topic(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One conversation, on a page of its own."""
    topic = get_object_or_404(Topic.objects.select_related("forum__parent", "poster"), pk=pk)
    rights = check_read(user=request.user, forum_id=topic.forum_id)
    if slug != topic.slug:
        return redirect(topic)
    context = thread_context(
        request,
        forum_id=topic.forum_id,
        topic=topic,
        rights=rights,
        address=topic.get_absolute_url(),
        author_id=None if topic.beside_page else topic.poster_id,
    )
    context |= {"section": "forum", "people": context["conversation"].people()}
    if topic.beside_page:
        context["places"] = [
            place.page for place in Place.objects.select_related("page").filter(topic=topic, page__live=True)
        ]
    if context["may_move"]:
        context["move_to"] = Forum.objects.filter(pk__in=access.forum_ids(request.user, access.MOVE)).exclude(
            pk=topic.forum_id
        )
    return render(request, "community/discussions/topic.html", context)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post, wherever it now lives."""
    post = get_object_or_404(Post.objects.select_related("topic"), pk=pk)
    check_post_visible(user=request.user, post=post)
    return HttpResponseRedirect(location_of(post, request.user))


def location_of(post: Post, user, address: str = "") -> str:
    """The address of `post`: beside its page where `user` may read that, else in the forum."""
    if not address:
        address = post.topic.get_absolute_url()
        if post.topic.beside_page:
            places = Place.objects.select_related("page").filter(topic=post.topic_id, page__live=True)
            pages = (place.page.specific for place in places)
            address = next((page.url for page in pages if page.can_read(user)), None) or address
    query = urlencode(place_in_thread(post))
    return f"{address}{'?' + query if query else ''}#p{post.pk}"


# Writing ----------------------------------------------------------------------------------------------
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply in a topic."""
    form = ReplyForm(request.POST)
    form.is_valid()

    def publish() -> Post:
        return publish_post(
            topic_id=pk, person=request.user, text=form.words, parent_id=form.parent_id, key=form.sent_key
        )

    return _send(request, form, publish, address=_safe_next(request))


@require_POST
def reply_beside(request: HttpRequest, page_id: int) -> HttpResponse:
    """Reply beside a page where nobody has written yet (or had not, when the form was made)."""
    page = Page.objects.live().filter(pk=page_id).first()
    page = page and page.specific
    is_readable = isinstance(page, DiscussionMixin) and page.can_read(request.user)
    form = ReplyForm(request.POST)
    form.is_valid()

    def publish() -> Post:
        if not is_readable:
            raise Http404
        if not page.can_write(request.user):
            raise PermissionDenied(_("You can read here, but not do this."))
        return publish_beside(
            page=page, person=request.user, text=form.words, parent_id=form.parent_id, key=form.sent_key
        )

    return _send(request, form, publish, address=page.url if is_readable else _safe_next(request))


def _send(request: HttpRequest, form: ReplyForm, publish, *, address: str) -> HttpResponse:
    """Preview, keep, publish or give back what was typed."""
    context = {
        "action": request.path,
        "address": address,
        "text": form.words,
        "parent": form.parent_id,
        "key": form.sent_key or "",
    }
    if "preview" in request.POST:
        return _preview(request, form, context)
    if not request.user.is_authenticated:
        return _sign_in_first(request, form, address)
    try:
        post = publish()
    except Refused as refusal:
        return _give_back(request, context | {"refusal": str(refusal)}, status=422)
    except PermissionDenied as refusal:
        return _give_back(request, context | {"refusal": str(refusal), "final": True}, status=403)
    except Http404:
        return _give_back(request, context | {"refusal": _gone(), "final": True}, status=404)
    forget_reply(request)
    response = HttpResponseRedirect(location_of(post, request.user, address))
    response.status_code = 303
    return response


def _preview(request: HttpRequest, form: ReplyForm, context: dict) -> HttpResponse:
    _add_preview(context, form.words)
    part = "community/discussions/preview.html" if request.htmx else "community/discussions/compose.html"
    return render(request, part, context)


def _add_preview(context: dict, words: str) -> None:
    try:
        context["preview"] = markup.render(words)
    except ValueError:
        context["refusal"] = str(Refused("long", length=len(words), limit=markup.MAX_LENGTH))


def _give_back(request: HttpRequest, context: dict, *, status: int) -> HttpResponse:
    return render(request, "community/discussions/compose.html", context, status=status)


def _gone() -> str:
    return _("This conversation is no longer here, or not open to you any more.")


def _sign_in_first(request: HttpRequest, form: ReplyForm, address: str) -> HttpResponse:
    """Keep what was typed and lead to the door; the form is filled again when they come back."""
    words = form.words.replace("\x00", "")
    if len(words) > markup.MAX_LENGTH:
        refusal = str(Refused("long", length=len(words), limit=markup.MAX_LENGTH))
        context = {"action": request.path, "address": address, "text": words, "parent": form.parent_id}
        return _give_back(request, context | {"refusal": refusal}, status=422)
    if words.strip():
        subject = form.data.get("subject", "")[:255].replace("\x00", "")
        keep_reply(request, address=address, text=words, parent=form.parent_id, subject=subject)
    query = urlencode({"next": f"{address}#reply"})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _safe_next(request: HttpRequest) -> str:
    """The page the form stood on, if it is one of ours; the forum otherwise."""
    address = request.POST.get("next", "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address.split("?")[0].split("#")[0]
    return resolve_url("forum_index")


def topic_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a topic of the forum's own."""
    forum = get_object_or_404(Forum, pk=pk, type=Forum.FORUM_POST)
    address = resolve_url("topic_new", pk)
    form = TopicForm(request.POST or None)
    form.is_valid()
    kept = kept_reply(request, address) or {}
    context = {
        "forum": forum,
        "text": form.words or kept.get("text", ""),
        "subject": form.data.get("subject") or kept.get("subject", ""),
        "key": form.sent_key or uuid.uuid4(),
        "section": "forum",
    }
    if not request.user.is_authenticated:
        check_read(user=request.user, forum_id=forum.pk)
        if request.method == "POST":
            return _sign_in_first(request, form, address)
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': address})}")
    try:
        check_start(user=request.user, forum_id=forum.pk)
    except (Http404, PermissionDenied) as refusal:
        if request.method != "POST":
            raise
        words = {"text": f"{context['subject']}\n\n{form.words}".strip()}
        words["address"] = resolve_url("forum_index")
        reason, status = (_gone(), 404) if isinstance(refusal, Http404) else (str(refusal), 403)
        return _give_back(request, words | {"refusal": reason, "final": True}, status=status)
    if request.method == "POST" and "preview" in request.POST:
        _add_preview(context, form.words)
    elif request.method == "POST":
        if form.is_valid():
            try:
                topic = start_topic(
                    forum=forum,
                    person=request.user,
                    subject=form.cleaned_data["subject"],
                    text=form.words,
                    key=form.sent_key,
                )
            except Refused as refusal:
                context["refusal"] = str(refusal)
            else:
                forget_reply(request)
                return redirect(topic)
        else:
            context["refusal"] = " ".join(message for errors in form.errors.values() for message in errors)
    status = 422 if "refusal" in context else 200
    return render(request, "community/discussions/topic_new.html", context, status=status)


# Moderators -------------------------------------------------------------------------------------------
@require_POST
def topic_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a topic to new replies, or open it again (`locked=0`)."""
    topic = get_object_or_404(Topic, pk=pk)
    check_moderate(user=request.user, forum_id=topic.forum_id, right=access.LOCK)
    locked = request.POST.get("locked") == "1"
    lock_topic(topic_id=topic.pk, locked=locked)
    messages.success(request, _("Closed to new replies.") if locked else _("Open to replies again."))
    return redirect(topic)


@require_POST
def topic_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a topic to another forum in which the moderator may move topics as well."""
    topic = get_object_or_404(Topic, pk=pk)
    check_moderate(user=request.user, forum_id=topic.forum_id, right=access.MOVE)
    forum_id = request.POST.get("forum", "")
    if not (forum_id.isascii() and forum_id.isdigit() and len(forum_id) < 18):
        raise Http404
    forum = get_object_or_404(Forum, pk=int(forum_id), type=Forum.FORUM_POST)
    check_moderate(user=request.user, forum_id=forum.pk, right=access.MOVE)
    move_topic(topic_id=topic.pk, forum=forum)
    messages.success(request, _("Moved to “%(forum)s”.") % {"forum": forum.name})
    return redirect(topic)
