"""Report a post; look at the reports; hide a post and bring it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access
from community.forum_conversation.models import Post
from community.forum_conversation.permissions import check_moderate, check_post_visible, check_read

from .actions import hide_post, report_post, restore_post
from .forms import ReportForm
from .kept import forget_report, keep_report, kept_report
from .selectors import reports_page

POSTS = Post.objects.select_related("topic", "poster")


@require_safe
def post_more(request: HttpRequest, pk: int) -> HttpResponse:
    """One post with all that can be done about it."""
    post = get_object_or_404(POSTS, pk=pk)
    rights = check_post_visible(user=request.user, post=post)
    context = _about(post, rights)
    if request.user.is_authenticated and (kept := kept_report(request, post_id=pk)):
        context |= {"kept": True, "form": ReportForm(initial=kept)}
    return render(request, "community/moderation/post_more.html", context)


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a moderator about a post. Whose session has ended comes back to the form as it was."""
    if not request.user.is_authenticated:
        keep_report(request, post_id=pk)
        return redirect_to_login(resolve_url("post_more", pk))
    post = get_object_or_404(POSTS, pk=pk)
    try:
        rights = check_post_visible(user=request.user, post=post)
    except Http404:
        check_read(user=request.user, forum_id=post.topic.forum_id)
        messages.info(request, _("It is hidden already: a moderator, or whoever wrote it, was here first."))
        return redirect(post.topic)
    form = ReportForm(request.POST)
    if not form.is_valid():
        context = _about(post, rights) | {"form": form}
        return render(request, "community/moderation/post_more.html", context, status=422)
    report_post(post=post, reporter=request.user, **form.cleaned_data)
    forget_report(request)
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


@require_safe
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
