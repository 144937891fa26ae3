"""Labels beside names, where a topic belongs to no page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .mixins import Role

_providers: list[Callable[[int, Iterable[int]], dict[int, Role]]] = []


def register_roles(provider: Callable[[int, Iterable[int]], dict[int, Role]]) -> None:
    """Register a function `(forum_id, user_ids) -> {user_id: Role}` of one query."""
    _providers.append(provider)


def roles_for(forum_id: int, user_ids: Iterable[int]) -> dict[int, Role]:
    """The labels of these people in a forum."""
    roles: dict[int, Role] = {}
    for provider in _providers:
        roles |= provider(forum_id, user_ids)
    return roles
