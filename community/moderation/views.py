"""Report a post; look at the reports; hide a post and bring it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.forum import access
from community.forum_conversation.models import Post
from community.forum_conversation.permissions import check_moderate, check_post_visible

from .actions import hide_post, report_post, restore_post
from .forms import ReportForm
from .selectors import reports_page

POSTS = Post.objects.select_related("topic", "poster")


@require_GET
def post_more(request: HttpRequest, pk: int) -> HttpResponse:
    """One post with all that can be done about it."""
    post = get_object_or_404(POSTS, pk=pk)
    rights = check_post_visible(user=request.user, post=post)
    return render(request, "community/moderation/post_more.html", _about(post, rights))


@login_required
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a moderator about a post."""
    post = get_object_or_404(POSTS, pk=pk)
    rights = check_post_visible(user=request.user, post=post)
    form = ReportForm(request.POST)
    if not form.is_valid():
        context = _about(post, rights) | {"form": form}
        return render(request, "community/moderation/post_more.html", context, status=422)
    report_post(post=post, reporter=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you. A moderator will read it; nobody else learns who told us."))
    return redirect(post)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a post."""
    post = get_object_or_404(POSTS, pk=pk)
    check_moderate(user=request.user, forum_id=post.topic.forum_id, right=access.HIDE)
    hide_post(post=post, by=request.user)
    messages.success(request, _("Hidden. Its place and the replies stay."))
    return _back(request, post)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a post back, or keep one that was reported."""
    post = get_object_or_404(POSTS, pk=pk)
    check_moderate(user=request.user, forum_id=post.topic.forum_id, right=access.HIDE)
    was_hidden = post.state == Post.State.HIDDEN
    restore_post(post=post, by=request.user)
    messages.success(request, _("It is back.") if was_hidden else _("It stays. The report is closed."))
    return _back(request, post)


@require_GET
@login_required
@permission_required("moderation.moderate", raise_exception=True)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that the moderator may decide: open ones, or decided ones (`?show=decided`)."""
    decided = request.GET.get("show") == "decided"
    page = reports_page(request.user, decided=decided, before=request.GET.get("before", ""))
    context = {"page": page, "decided": decided}
    return render(request, "community/moderation/reports.html", context)


def _about(post: Post, rights: frozenset[str]) -> dict:
    return {"post": post, "form": ReportForm(), "may_hide": access.HIDE in rights}


def _back(request: HttpRequest, post: Post) -> HttpResponse:
    return redirect("moderation" if request.POST.get("from") == "reports" else post)
