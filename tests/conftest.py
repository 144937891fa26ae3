"""What all tests share: people, a forum, a course with one open and one closed week."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connections
from django.utils import timezone
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update, reference_index_auto_update_disabled
from wagtail.signals import page_published

from community.accounts.models import User
from community.forum import access
from community.forum.actions import create_forum


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and kept fragments of one test are none of the next one's business."""
    cache.clear()


@pytest.fixture
def person(db):
    """`person("noor")` makes somebody who can sign in; further fields by keyword."""

    def make(handle: str = "noor", **fields) -> User:
        fields = {"email": f"{handle}@example.org", "display_name": handle.title()} | fields
        user = User.objects.create_user(handle=handle, password="four plain words here", **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    return make


@pytest.fixture
def moderator(person) -> User:
    user = person("mo")
    user.groups.add(Group.objects.get(name=access.MODERATORS))
    return user


@pytest.fixture
def cafe(db):
    """The forum that every site has: everybody reads, members write."""
    from community.forum.models import Forum

    return Forum.objects.get(key="cafe")


@pytest.fixture
def private_forum(db):
    """A forum that only moderators read."""
    return create_forum(name="Back room")


@pytest.fixture
def course_index(db):
    from modules.courses.models import CourseIndexPage

    return CourseIndexPage.objects.get()


@pytest.fixture
def course(course_index):
    """A published course that began ten days ago, with an open week (`first`) and a closed one (`second`)."""
    from modules.courses.models import CoursePage

    began = timezone.localdate() - dt.timedelta(days=10)
    return add_published(course_index, CoursePage(title="Listening", slug="listening", starts_on=began))


def publish(page: Page) -> Page:
    """Publish as the editor does: by a revision."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def add_published(parent: Page, page: Page) -> Page:
    """Put a page below another, published; without the editor’s revision and index of references."""
    is_off = getattr(reference_index_auto_update_disabled, "value", False)  # Wagtail’s cannot be nested
    with nullcontext() if is_off else disable_reference_index_auto_update():
        parent.add_child(instance=page)
    page_published.send(sender=type(page), instance=page, revision=None)
    page.refresh_from_db()
    return page


@pytest.fixture
def add_week(course):
    """`add_week("Arriving", offset_days=0)` publishes a week; the default is open."""
    from modules.courses.models import ModulePage

    def make(title: str = "Arriving", offset_days: int = 0, **fields):
        return add_published(course, ModulePage(title=title, offset_days=offset_days, **fields))

    return make


@pytest.fixture
def week(add_week):
    return add_week(body=[("text", "<p>The open week's words.</p>")])


@pytest.fixture
def closed_week(week, add_week):
    return add_week("Later", offset_days=30, body=[("text", "<p>The closed week's words.</p>")])


@pytest.fixture
def add_step():
    """`add_step(week, "Lecture notes")` publishes a reading, or another `kind`."""
    from modules.courses.models import KINDS

    def make(week, title: str = "Lecture notes", kind: str = "reading", **fields):
        return add_published(week, KINDS[kind].model(title=title, **fields))

    return make


@pytest.fixture
def joined(course):
    """`joined(user)` puts somebody into the course's access group, as joining does."""

    def join(user: User) -> User:
        user.groups.add(course.space.group)
        return user

    return join


@pytest.fixture
def at_once() -> Callable[..., list[BaseException]]:
    """`at_once(job, job, …)` runs the jobs in threads that start together and gives what they raised."""

    def run_all(*jobs) -> list[BaseException]:
        barrier, raised = threading.Barrier(len(jobs)), []

        def run(job) -> None:
            barrier.wait(timeout=30)
            try:
                job()
            except BaseException as error:
                raised.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
            assert not thread.is_alive(), "somebody never came back"
        return raised

    return run_all
