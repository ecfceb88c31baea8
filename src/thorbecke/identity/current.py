"""The actor of the request that this thread is serving, worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .domain.actor import ANYONE, Actor

_find_actor: ContextVar[Callable[[], Actor] | None] = ContextVar("find_actor", default=None)


def current_actor() -> Actor:
    """Return who is asking in this request; outside a request that is anyone."""
    find_actor = _find_actor.get()
    return ANYONE if find_actor is None else find_actor()


@contextmanager
def asking(find_actor: Callable[[], Actor]) -> Iterator[None]:
    """Let `current_actor` answer with `find_actor()` until the block ends, in this thread or task only."""
    token = _find_actor.set(find_actor)
    try:
        yield
    finally:
        _find_actor.reset(token)
