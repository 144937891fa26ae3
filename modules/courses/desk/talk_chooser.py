"""Choosing a conversation to quote: what was said, newest first, in the forums that the editor reads.

A row is a post; its words choose it, the subject beside it chooses the whole thread. Searching goes by words,
by who said them and by subject, and takes the address of a thread or post as well.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from community.accounts.clock import when_text
from community.discussions.quoted import Quoted, address_of_post
from community.forum import access
from community.forum.models import Forum
from community.forum_conversation.models import Post, Topic

from ..leader_chooser import FirstThousand
from .talk_input import TalkInput, name_of


def posts_for(user) -> QuerySet[Post]:
    """What `user` may read and others may be shown: nothing held, hidden or taken back."""
    return Post.objects.filter(
        state=Post.State.PUBLISHED, topic__forum__in=access.readable_forum_ids(user)
    ).select_related("topic__forum__parent", "poster")


class TalkSearch(BaseFilterForm):
    q = forms.CharField(
        label=_("Words, a name, a subject, or an address like /p/123/"), required=False, max_length=400
    )
    forum = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Forum.objects.none(),
        required=False,
        empty_label=_("Everywhere"),
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        forums = Forum.objects.filter(pk__in=access.readable_forum_ids(user)).select_related("parent")
        self.fields["forum"].queryset = forums.order_by("tree_id", "lft")
        self.fields["forum"].label_from_instance = place_of

    def filter(self, posts: QuerySet[Post]) -> QuerySet[Post]:
        """Those of `posts` that were looked for; all if nothing was."""
        words, forum = self.cleaned_data["q"], self.cleaned_data["forum"]
        if forum:
            posts = posts.filter(topic__forum=forum)
        if words:
            self.is_searching, self.search_query = True, words
            posts = posts.filter(_meant_by(words))
        return super().filter(posts)


def _meant_by(words: str) -> Q:
    found = address_of_post(words)
    if found:
        kind, number = found
        return Q(pk=number) if kind == "post" else Q(topic_id=number)
    return (
        Q(content__icontains=words)
        | Q(topic__subject__icontains=words)
        | Q(poster__display_name__icontains=words)
        | Q(poster__handle__iexact=words.removeprefix("@"))
    )


def place_of(forum: Forum) -> str:
    """“The Listening Library, Arriving”."""
    return f"{forum.parent.name}, {forum.name}" if forum.parent else forum.name


class ThreadColumn(BaseColumn):
    """The subject, which chooses the whole thread, and the forum it lies in."""

    cell_template_name = "modules/courses/desk/thread_cell.html"

    def get_cell_context_data(self, post: Post, parent_context) -> dict:
        url = reverse("talk_chooser:chosen_thread", args=[post.topic_id])
        place = place_of(post.topic.forum)
        return super().get_cell_context_data(post, parent_context) | {"url": url, "place": place}


class ForPageEditors:
    """For whoever edits some page: what they read here, they may read on the site."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not user_has_any_page_permission(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ListOfTalk(ForPageEditors):
    ordering = "-pk"
    per_page = 15
    paginator_class = FirstThousand
    is_multiple_choice = False
    results_template_name = "modules/courses/desk/talk_results.html"

    def get_object_list(self) -> QuerySet[Post]:
        return posts_for(self.request.user)

    def get_filter_form(self) -> TalkSearch:
        return TalkSearch(self.request.GET, user=self.request.user)

    def can_create(self) -> bool:
        return False

    @property
    def columns(self) -> list[BaseColumn]:
        now = timezone.now()
        return [
            TitleColumn(
                "words",
                label=_("What was said"),
                accessor="gist",
                get_url=lambda post: reverse("talk_chooser:chosen", args=[post.pk]),
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column("who", label=_("Who"), accessor="poster.display_name", width="14%"),
            ThreadColumn("thread", label=_("Thread, as a whole"), width="26%"),
            Column("when", label=_("When"), accessor=lambda post: when_text(post.created, now), width="14%"),
        ]


class ChooseView(ListOfTalk, chooser.ChooseView):
    pass


class ResultsView(ListOfTalk, chooser.ChooseResultsView):
    pass


class Chosen(ForPageEditors, chooser.ChosenResponseMixin, View):
    """What goes into the field when a post is chosen."""

    def get_quoted(self, pk: int) -> Quoted:
        """What is quoted. Raises ObjectDoesNotExist for what this person may not read."""
        post = posts_for(self.request.user).get(pk=pk)
        return Quoted(post.topic, post)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return self.get_chosen_response(self.get_quoted(pk))
        except ObjectDoesNotExist as error:
            raise Http404 from error

    def get_chosen_response_data(self, quoted: Quoted) -> dict[str, str]:
        return {"id": quoted.url, "title": name_of(quoted), "edit_url": quoted.url}


class ThreadChosen(Chosen):
    """The same for a whole thread."""

    def get_quoted(self, pk: int) -> Quoted:
        readable = access.readable_forum_ids(self.request.user)
        return Quoted(Topic.objects.filter(forum__in=readable).get(pk=pk), None)


class TalkChooserViewSet(ChooserViewSet):
    model = Post
    icon = "comment"
    choose_one_text = TalkInput.choose_one_text
    choose_another_text = TalkInput.choose_another_text
    preserve_url_parameters = ()
    register_widget = False
    choose_view_class = ChooseView
    choose_results_view_class = ResultsView
    chosen_view_class = Chosen

    def get_urlpatterns(self) -> list:
        """One at a time is chosen, a post or a thread, and none is made here."""
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<int:pk>/", self.chosen_view, name="chosen"),
            path("chosen-thread/<int:pk>/", self.construct_view(ThreadChosen), name="chosen_thread"),
        ]


talk_chooser = TalkChooserViewSet("talk_chooser", url_prefix="choose-talk")
