"""What the two admins keep besides pages, and the addresses there that need more than an id."""

from __future__ import annotations

import base64
import datetime as dt
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from taggit.models import Tag
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, Task, UploadedFile, Workflow

from home.models import EditorialPage
from modules.courses.models import CoursePage, ModulePage, ReadingPage
from modules.media.models import CourseDocument, CourseImage

# 1 × 1 pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# The beginning of a film.
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def furnish(house: SimpleNamespace) -> None:
    """Add to a house with people and pages what the tables of the admins name."""
    _rows(house)
    _states_of_pages(house)
    _queries(house)
    _pairs(house)
    _bulk_actions(house)
    _api_actions(house)


def _rows(house) -> None:
    house.site = Site.objects.get()
    house.group = Group.objects.get(name="Mentors")
    house.collection = Collection.get_first_root_node().add_child(name="Shelf")
    house.redirect = Redirect.objects.create(old_path="/old", redirect_link="/courses/")
    house.workflow = Workflow.objects.get()
    house.task = Task.objects.get().specific
    house.tag = Tag.objects.create(name="Tea")
    house.editing = EditingSession.objects.create(
        user=house.administrator,
        content_type=ContentType.objects.get_for_model(Page),
        object_id=str(house.about.pk),
        last_seen_at=timezone.now(),
    )
    for name, model, content in (("image", CourseImage, PNG), ("document", CourseDocument, b"words")):
        upload = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(content, f"{name}.{'png' if content is PNG else 'txt'}"),
            uploaded_by_user=house.administrator,
        )
        setattr(house, f"{name}_upload", upload)
    # For Django's admin, which looks at the first row of each model.
    DBTaskResult.objects.create(
        task_path="community.accounts.tasks.send_letter",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


def _states_of_pages(house) -> None:
    """One page inside the courses and one outside in a workflow, and one of each that goes live later."""
    for page in (house.second_step, house.second_about):
        page.save_revision(user=house.administrator)
        house.workflow.start(page, house.administrator)
        page.refresh_from_db()
    later = timezone.now() + dt.timedelta(days=9)
    for page in (house.closed_step, house.private_page):
        page.refresh_from_db()
        page.go_live_at = later
        page.save_revision(approved_go_live_at=later)


def _queries(house) -> None:
    house.as_csv = SimpleNamespace(query="export=csv")
    house.every_field = SimpleNamespace(query="fields=*&limit=20")
    house.drafts = SimpleNamespace(query="q=Draft")
    house.find_inside = SimpleNamespace(query=f"id={house.closed_week.pk}")
    house.find_outside = SimpleNamespace(query=f"id={house.about.pk}")
    house.find_image = SimpleNamespace(query=f"id={house.closed_image.pk}")
    house.find_document = SimpleNamespace(query=f"id={house.closed_document.pk}")


def _pairs(house) -> None:
    """What takes two arguments or more."""

    def new(model: type[Page], parent: Page) -> SimpleNamespace:
        return SimpleNamespace(
            content_type_app_name=model._meta.app_label,
            content_type_model_name=model._meta.model_name,
            parent_page_id=parent.pk,
            data={"body-count": "0", "roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"},
        )

    house.week_in_course = new(ModulePage, house.course)
    house.step_in_week = new(ReadingPage, house.week)
    house.course_in_courses = new(CoursePage, house.courses)
    house.page_in_home = new(EditorialPage, house.home)
    house.tags = SimpleNamespace(app_name="taggit", model_name="tag")
    house.a_film = SimpleNamespace(media_type="video")
    house.a_sound = SimpleNamespace(media_type="audio")
    house.a_thing = SimpleNamespace(media_type="media", data={"title": "A thing"})
    house.root_workflow = SimpleNamespace(
        page_pk=Page.get_first_root_node().pk, workflow_pk=house.workflow.pk
    )
    house.reset_at_desk = SimpleNamespace(uidb64="MQ", token="set-password")
    for where, page, waiting in (
        ("inside", house.closed_week, house.second_step),
        ("outside", house.about, house.second_about),
    ):
        versions = {"1": page.pk, "2": "earliest", "3": "latest"}
        setattr(house, f"compare_{where}", SimpleNamespace(**versions))
        ping = {"app_label": "wagtailcore", "model_name": "page", "object_id": page.pk}
        setattr(house, f"editing_{where}", SimpleNamespace(**ping, session_id=house.editing.pk))
        state = waiting.current_workflow_task_state
        for action in ("approve", "reject"):
            names = {"page_id": waiting.pk, "action_name": action, "task_state_id": state.pk}
            setattr(house, f"{action}_{where}", SimpleNamespace(**names, data={"comment": ""}))


def bulk_actions() -> list[tuple[str, str, str]]:
    """Wagtail's actions on many things at once: app label, model name, action."""
    bulk_action_registry._scan_for_bulk_actions()
    return [
        (app_label, model_name, action)
        for app_label, models in bulk_action_registry.actions.items()
        for model_name, actions in models.items()
        for action in actions
    ]


def _bulk_actions(house) -> None:
    """`delete_page_inside`, `delete_page_outside`, `delete_user` …"""
    things = {
        ("page", "_inside"): house.closed_week,
        ("page", "_outside"): house.about,
        ("user", ""): house.somebody,
        ("courseimage", ""): house.closed_image,
        ("coursedocument", ""): house.closed_document,
    }
    # Together: each form takes what it knows.
    sent = {
        "chooser": house.courses.pk,
        "move_applicable": "true",
        "tags": "tea",
        "collection": house.collection.pk,
        "role": house.group.pk,
        "mark_as_active": "",
    }
    for app_label, model_name, action in bulk_actions():
        names = {"app_label": app_label, "model_name": model_name, "action": action}
        for (model, where), thing in things.items():
            if model == model_name:
                bulk = SimpleNamespace(**names, query=f"id={thing.pk}", data=sent)
                setattr(house, f"{action}_{model_name}{where}", bulk)


def _api_actions(house) -> None:
    """`copy_inside`, `copy_outside` …"""
    for where, page in (("inside", house.closed_week), ("outside", house.about)):
        parent_id = page.get_parent().pk
        sent = {
            "move": {"destination_page_id": parent_id, "position": "last-child"},
            "create_alias": {"destination_page_id": parent_id, "update_slug": "another"},
            "copy_for_translation": {"locale": "es"},
            "revert_to_page_revision": {"revision_id": page.latest_revision_id},
        }
        for action in PagesAdminAPIViewSet.actions:
            thing = SimpleNamespace(pk=page.pk, action_name=action, data=sent.get(action, {}))
            setattr(house, f"{action}_{where}", thing)
