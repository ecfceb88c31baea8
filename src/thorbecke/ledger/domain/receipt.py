"""What the log gives back: a receipt with its proof, and the line that lists an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from thorbecke.kernel.canonical_json import JsonObject

from .merkle import Frontier

PROOF_FORMAT = "thorbecke-proof-v1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry stands in the log of `tree_size` entries that `checkpoint` signs for.

    `proof` holds base64 SHA-256 hashes (RFC 6962 section 2.1.1); `log_key` is the verifier key.
    """

    index: int
    recorded_at: datetime
    entry: JsonObject
    tree_size: int
    checkpoint: str
    proof: tuple[str, ...]
    log_key: str

    def proof_json(self) -> JsonObject:
        """Return what `/log/outcomes/<index>/proof.json` serves."""
        return {
            "format": PROOF_FORMAT,
            "index": self.index,
            "tree_size": self.tree_size,
            "checkpoint": self.checkpoint,
            "proof": list(self.proof),
            "log_key": self.log_key,
        }


@dataclass(frozen=True, slots=True)
class LoggedOutcome:
    """One line of the log for people: when, what kind, about what, and its entry."""

    index: int
    recorded_at: datetime
    kind: str
    title: str
    subject: str
    entry: JsonObject
    page_url: str | None = None
    replaces: int | None = None
    replaced_by: int | None = None

    @property
    def is_personal(self) -> bool:
        """Whether the log holds salted commitments only, so that just the person concerned can have the inputs."""
        return "inputs_commitment" in self.entry

    @property
    def rule(self) -> Mapping[str, str]:
        """Members id, version and sha256 of the rule that was applied."""
        return self.entry["rule"]  # type: ignore[return-value]  # Outcome.entry writes it so


@dataclass(frozen=True, slots=True)
class LogHead:
    """The log as it stands: its tree, signed checkpoint and verifier keys, the current one first."""

    frontier: Frontier
    checkpoint: str
    keys: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of entries."""
        return self.frontier.size
