"""The kinds of outcome that rooms register when the program starts: title, rules, disclosure and page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from thorbecke.kernel.canonical_json import canonical_bytes
from thorbecke.kernel.outcome import Disclosed, PublishedRule, RuleReference, UnknownRule


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of outcome, and how its room shows and discloses what was recorded.

    `rules` holds each published rule as canonical JSON, which is what its hash is taken over.
    """

    kind: str
    title: object
    disclose: Callable[[int], Disclosed | None]
    rules: Mapping[RuleReference, bytes]
    page_urls: Callable[[Sequence[int]], Mapping[int, str]]


_kinds: dict[str, Kind] = {}


def register_kind(
    *,
    kind: str,
    title: object,
    disclose: Callable[[int], Disclosed | None],
    rules: Sequence[PublishedRule],
    page_urls: Callable[[Sequence[int]], Mapping[int, str]],
) -> None:
    """Make `kind` ("<room>.<what>") known to the log; call it once, from the room's `AppConfig.ready`.

    `title` is a text or a lazy translation; `disclose(index)` gives inputs, result and explanation of a recorded
    outcome from the room's own rows, or None; `page_urls(indexes)` gives the pages that show them, by index. Raises
    ValueError when the kind is registered already.
    """
    if kind in _kinds:
        raise ValueError(f"the kind {kind} is registered already")
    published = {rule.reference: canonical_bytes(rule.as_json()) for rule in rules}
    _kinds[kind] = Kind(kind, title, disclose, MappingProxyType(published), page_urls)


def find_kind(kind: str) -> Kind | None:
    """Return a registered kind, or None (such as a kind of a room that is not installed now)."""
    return _kinds.get(kind)


def get_rule_document(*, kind: str, rule: RuleReference) -> bytes:
    """Return the published rule that `rule` refers to, as canonical JSON.

    Raises UnknownRule when the kind is not registered, or not with this rule at this version and hash.
    """
    registered = find_kind(kind)
    if registered is None or rule not in registered.rules:
        raise UnknownRule(f"rule {rule.id} version {rule.version} ({rule.sha256}) is not published for {kind}")
    return registered.rules[rule]


def find_rule_document(sha256: str) -> bytes | None:
    """Return the rule with this hash that any kind registered, as canonical JSON, or None."""
    published = (item for kind in _kinds.values() for item in kind.rules.items())
    return next((document for rule, document in published if rule.sha256 == sha256), None)
