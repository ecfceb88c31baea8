"""Checks a whole log: who signed it, every entry against the signed root, and that no seen history was rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thorbecke.ledger.domain.checkpoint import Checkpoint, CheckpointRefused, open_checkpoint, parse_checkpoint
from thorbecke.ledger.domain.merkle import leaf_hash, tree_root
from thorbecke.ledger.domain.notes import NoteRefused, VerifierKey, open_note
from thorbecke.ledger.domain.tiles import TileRefused, entry_tiles, parse_entry_bundle, split_tile
from thorbecke.ledger.domain.tree import HashTree

from .findings import Refuted, Tell, Unreadable
from .memory import Seen
from .site import Site


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures the person who checks asks for: keys of the log, and witnesses that must have cosigned."""

    given: tuple[VerifierKey, ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its signed text and the log's keys (as text) whose signatures on it hold."""

    checkpoint: Checkpoint
    note: str
    keys: tuple[str, ...]


def parse_key(text: str) -> VerifierKey:
    """Read a verifier key; raises Unreadable when it is not one."""
    try:
        return VerifierKey.parse(text)
    except NoteRefused as error:
        raise Unreadable(f"“{text}” is not a verifier key: {error}.") from error


def check_signature(
    note: str, *, offered: Sequence[VerifierKey], trust: Trust, seen: Seen | None, tell: Tell
) -> SignedCheckpoint:
    """Check who signed the checkpoint. Raises Refuted.

    Keys given on the command line count first, then the keys remembered of this log. Only for a log that was
    never seen before do the keys count that it `offered` itself. A new key that signs beside one that counts
    is remembered too: so a log can change its key.
    """
    origin = note.partition("\n")[0]
    remembered = tuple(parse_key(key) for key in seen.keys) if seen else ()
    keys = trust.given or remembered or tuple(offered)
    source = _source(trust, seen)
    try:
        opened = open_checkpoint(note=note, origin=origin, keys=keys, witnesses=trust.witnesses)
        signers = [each.key for each in open_note(note=note, keys=[*keys, *offered, *trust.witnesses]).signatures]
    except (CheckpointRefused, NoteRefused) as error:
        raise Refuted(
            f"The checkpoint of the log “{origin}” is not signed with the key that {source}: {error}. "
            "Someone else signed it, or the text was changed after it was signed."
        ) from error
    for witness in trust.witnesses:
        if witness not in signers:
            raise Refuted(f"The witness {witness.name} did not sign this checkpoint of the log “{origin}”.")
    tell(f"the checkpoint of “{origin}” ({opened.checkpoint.size} entries) is signed with the key that {source}")
    return SignedCheckpoint(opened.checkpoint, note, tuple(str(key) for key in signers if key not in trust.witnesses))


def check_entries(site: Site, checkpoint: Checkpoint, tell: Tell) -> tuple[list[bytes], HashTree]:
    """Download every entry and check all of them against the signed root. Raises Refuted, naming the entry."""
    entries: list[bytes] = []
    tree = HashTree()
    try:
        for tile in entry_tiles(checkpoint.size):
            read = parse_entry_bundle(site.read(f"/{tile.entries_path}"), width=tile.width)
            hashes = split_tile(tile, site.read(f"/{tile.path}"))
            for position, (entry, hashed) in enumerate(zip(read, hashes, strict=True), start=len(entries)):
                if leaf_hash(entry) != hashed:
                    raise Refuted(
                        f"Entry {position} of the log was changed after it was recorded: "
                        "its text does not have the hash that the log holds for it."
                    )
                tree.append(hashed)
            entries += read
    except TileRefused as error:
        raise Refuted(f"A part of the log is damaged or missing: {error}.") from error
    if tree_root(size=len(tree), read=tree.read) != checkpoint.root:
        raise Refuted(
            "The entries on the site are not the entries that were signed: together they give another root hash "
            "than the checkpoint. The log was changed after it was signed."
        )
    tell(f"all {len(entries)} entries together are the ones that were signed")
    return entries, tree


def check_history(checkpoint: Checkpoint, tree: HashTree, seen: Seen | None, tell: Tell) -> None:
    """Check that the log seen last time is the beginning of this one. Raises Refuted when the history differs."""
    if seen is None:
        tell("this log was not seen here before: from now on a rewritten history will be noticed")
        return
    before = parse_checkpoint(seen.note.partition("\n\n")[0] + "\n")
    if before.origin != checkpoint.origin:
        raise Refuted(
            f"This site showed the log “{before.origin}” on {seen.at} and now shows another one, "
            f"“{checkpoint.origin}”. Whatever was in the first log can't be checked here any more."
        )
    if before.size > checkpoint.size:
        raise Refuted(
            f"The log became shorter: on {seen.at} it had {before.size} entries, now it has {checkpoint.size}. "
            "Entries were removed, or the site shows different histories to different people."
        )
    if tree_root(size=before.size, read=tree.read) != before.root:
        raise Refuted(
            f"The history was rewritten: the first {before.size} entries are not the ones that this log signed on "
            f"{seen.at}. Keep both signed checkpoints: together they prove it."
        )
    tell(f"nothing was rewritten since {seen.at} ({before.size} entries then)")


def _source(trust: Trust, seen: Seen | None) -> str:
    if trust.given:
        return "you gave"
    return f"it had on {seen.at}" if seen else "the site itself offers"
