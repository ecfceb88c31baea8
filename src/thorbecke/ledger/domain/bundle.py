"""Bundle: one JSON file with everything that a stranger needs to check one outcome."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from thorbecke.kernel.canonical_json import JsonObject, JsonValue, canonical_bytes
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Disclosed, PublishedRule

from .merkle import HASH_LENGTH

FORMAT = "thorbecke-bundle-v1"
Kind = TypeVar("Kind")


class BundleRefused(BadInput):
    """A file is not a bundle; names the member that is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Entry, disclosed content, rule and proof of one outcome.

    `index` counts from 0; `proof` holds base64 SHA-256 hashes; `log_key` is a verifier key.
    """

    entry: JsonObject
    disclosed: Disclosed
    rule: PublishedRule
    index: int
    checkpoint: str
    proof: tuple[str, ...]
    log_key: str

    def as_json(self) -> JsonObject:
        """Return the members of the file; `salt` only for a personal outcome."""
        salt: dict[str, JsonValue] = {} if self.disclosed.salt is None else {"salt": self.disclosed.salt}
        return {
            "format": FORMAT,
            "entry": self.entry,
            "inputs": self.disclosed.inputs,
            "result": self.disclosed.result,
            "explanation": list(self.disclosed.explanation),
            **salt,
            "rule": self.rule.as_json(),
            "index": self.index,
            "checkpoint": self.checkpoint,
            "proof": list(self.proof),
            "log_key": self.log_key,
        }

    @property
    def leaf(self) -> bytes:
        """The canonical bytes of the entry, of which the log holds the hash. Raises NotCanonical."""
        return canonical_bytes(self.entry)

    @property
    def path(self) -> tuple[bytes, ...]:
        """The inclusion proof as bytes."""
        return tuple(base64.b64decode(step) for step in self.proof)


def parse_bundle(content: bytes, *, name: str) -> Bundle:
    """Read a bundle file called `name`. Raises BundleRefused, naming the member, when it is not one."""
    try:
        read = json.loads(content, parse_float=_refuse_number, parse_constant=_refuse_number)
    except (ValueError, RecursionError) as error:
        raise _refused(name, None) from error
    members = _Members(read, name)
    if members.text("format") != FORMAT:
        raise _refused(name, "format")
    rule = _Members(members.object("rule"), name, "rule.")
    return Bundle(
        entry=members.object("entry"),
        disclosed=Disclosed(
            members.object("inputs"), members.object("result"), members.objects("explanation"), members.salt()
        ),
        rule=PublishedRule(rule.text("id"), rule.text("version"), rule.object("document")),
        index=members.index("index"),
        checkpoint=members.text("checkpoint"),
        proof=members.hashes("proof"),
        log_key=members.text("log_key"),
    )


class _Members:
    """Members of a JSON object, each read with the type that it must have."""

    def __init__(self, read: object, name: str, prefix: str = "") -> None:
        if not isinstance(read, dict):
            raise _refused(name, prefix.rstrip(".") or None)
        self._read: dict[str, Any] = read
        self._name = name
        self._prefix = prefix

    def text(self, member: str) -> str:
        return self._typed(member, str)

    def object(self, member: str) -> JsonObject:
        return self._typed(member, dict)

    def objects(self, member: str) -> Sequence[JsonObject]:
        read = self._typed(member, list)
        self._require(member, all(isinstance(step, Mapping) for step in read))
        return read

    def index(self, member: str) -> int:
        read = self._typed(member, int)
        self._require(member, read >= 0 and not isinstance(read, bool))
        return read

    def hashes(self, member: str) -> tuple[str, ...]:
        read = self._typed(member, list)
        self._require(member, all(_is_hash(step) for step in read))
        return tuple(read)

    def salt(self) -> str | None:
        return self.text("salt") if "salt" in self._read else None

    def _typed(self, member: str, kind: type[Kind]) -> Kind:
        read = self._read.get(member)
        if not isinstance(read, kind):
            raise _refused(self._name, self._prefix + member)
        return read

    def _require(self, member: str, is_right: bool) -> None:
        if not is_right:
            raise _refused(self._name, self._prefix + member)


def _is_hash(step: object) -> bool:
    try:
        return isinstance(step, str) and len(base64.b64decode(step, validate=True)) == HASH_LENGTH
    except (binascii.Error, ValueError):
        return False


def _refuse_number(text: str) -> JsonValue:
    raise ValueError(f"{text} is not an exact number")


def _refused(name: str, member: str | None) -> BundleRefused:
    if member is None:
        problem = Message(gettext_noop("This file is not a bundle: it is not a JSON object."))
    else:
        problem = Message(
            gettext_noop("This file is not a bundle: “%(member)s” is missing or has the wrong form."),
            {"member": member},
        )
    remedy = Message(gettext_noop("Download the bundle again from the page of the outcome."))
    return BundleRefused(problem, remedy, Place(file=name, field=member))
