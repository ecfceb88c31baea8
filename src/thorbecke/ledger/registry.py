"""The kinds of outcome that rooms register when the program starts: title, rules, disclosure and page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise

from thorbecke.kernel.outcome import Disclosed, PublishedRule, RuleReference, UnknownRule


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of outcome, and how its room shows and discloses what was recorded."""

    kind: str
    title: str | Promise
    disclose: Callable[[int], Disclosed | None]
    rules: Mapping[str, PublishedRule]
    page_url: Callable[[int], str | None]


_kinds: dict[str, Kind] = {}


def register_kind(
    *,
    kind: str,
    title: str | Promise,
    disclose: Callable[[int], Disclosed | None],
    rules: Sequence[PublishedRule],
    page_url: Callable[[int], str | None],
) -> None:
    """Make `kind` ("<room>.<what>") known to the log; call it once, from the room's `AppConfig.ready`.

    `disclose(index)` gives inputs, result and explanation of a recorded outcome from the room's own rows, or None;
    `page_url(index)` gives the page that shows it. Raises ValueError when the kind is registered already.
    """
    if kind in _kinds:
        raise ValueError(f"the kind {kind} is registered already")
    by_hash = {rule.reference.sha256: rule for rule in rules}
    _kinds[kind] = Kind(kind, title, disclose, MappingProxyType(by_hash), page_url)


def find_kind(kind: str) -> Kind | None:
    """Return a registered kind, or None (such as a kind of a room that is not installed now)."""
    return _kinds.get(kind)


def get_published_rule(*, kind: str, rule: RuleReference) -> PublishedRule:
    """Return the published rule that `rule` refers to.

    Raises UnknownRule when the kind is not registered, or not with this rule at this version and hash.
    """
    registered = find_kind(kind)
    published = registered.rules.get(rule.sha256) if registered else None
    if published is None or published.reference != rule:
        raise UnknownRule(f"rule {rule.id} version {rule.version} ({rule.sha256}) is not published for {kind}")
    return published


def find_registered_rule(sha256: str) -> PublishedRule | None:
    """Return the rule with this hash that any kind registered, or None."""
    return next((kind.rules[sha256] for kind in _kinds.values() if sha256 in kind.rules), None)
