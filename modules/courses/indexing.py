"""What Wagtail finds things by, brought up to date once for all that is saved in a row.

An import saves each new page three times: made, given a revision, published. At every save Wagtail would put
it into its search index, and what it refers to into its index of references. Models that say
`search_auto_update = False` are put into the search index from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from asgiref.local import Local
from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from modelcluster.fields import ParentalKey
from modelsearch.backends import get_search_backends
from modelsearch.index import class_is_indexed
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update, reference_index_auto_update_disabled

AT_ONCE = 100  # rows that are held in memory together

_thread = Local()


@contextmanager
def indexed_once() -> Iterator[None]:
    """Hold the indexes back within the block and write them at its end; a block within another does nothing.

    For a transaction in which no page and no file is deleted. Where somebody has switched the index of
    references off, that stays theirs.
    """
    if getattr(_thread, "saved", None) is not None:
        yield
        return
    is_off = getattr(reference_index_auto_update_disabled, "value", False)
    saved = _thread.saved = defaultdict(set)
    try:
        with nullcontext() if is_off else disable_reference_index_auto_update():
            yield
    finally:
        del _thread.saved
    for model, ids in saved.items():
        _index(model, sorted(ids), references=not is_off and ReferenceIndex.is_indexed(model))


def _index(model: type[Model], ids: list[int], *, references: bool) -> None:
    backends = list(get_search_backends(with_auto_update=True)) if _is_ours(model) else []
    if not backends and not references:
        return
    for start in range(0, len(ids), AT_ONCE):
        rows = list(model._default_manager.filter(pk__in=ids[start : start + AT_ONCE]))
        for backend in backends:
            backend.add_bulk(model, rows)
        for row in rows if references else ():
            ReferenceIndex.create_or_update_for_object(row)


def _is_ours(model: type[Model]) -> bool:
    """Is it put into the search index from here?"""
    return class_is_indexed(model) and not getattr(model, "search_auto_update", True)


def _note(instance: Model, **kwargs) -> None:
    """A receiver: what a part of a page refers to is kept as the page’s."""
    saved = getattr(_thread, "saved", None)
    while saved is not None and instance is not None:
        saved[type(instance)].add(instance.pk)
        above = next((field for field in instance._meta.fields if isinstance(field, ParentalKey)), None)
        instance = getattr(instance, above.name) if above else None


def _put_into_search(instance: Model, **kwargs) -> None:
    if getattr(_thread, "saved", None) is None and any(get_search_backends(with_auto_update=True)):
        post_save_signal_handler(instance, **kwargs)


def connect() -> None:
    """Listen to what is saved and deleted. Called once, when every model is known."""
    post_save.connect(_note)
    for model in filter(_is_ours, apps.get_models()):
        post_save.connect(_put_into_search, sender=model)
        post_delete.connect(post_delete_signal_handler, sender=model)
