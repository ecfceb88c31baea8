"""Remembers the last checkpoint and the keys seen of each log, so that a fork or another key is noticed next time."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from .findings import Unreadable


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one log: its signed checkpoint, the keys that signed it, on which site, and when (UTC)."""

    note: str
    keys: tuple[str, ...]
    site: str | None
    at: str


def default_path() -> Path:
    """Return the file in the user's state folder (XDG Base Directory Specification)."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "thorbecke" / "checkpoints.json"


class Memory:
    """A JSON file with one member per log origin; with no path it remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def find(self, *, origin: str, site: str | None = None) -> Seen | None:
        """Return what was last seen of the log named `origin`, or else of the log on `site`, or None."""
        logs = self._logs()
        return logs.get(origin) or next((seen for seen in logs.values() if site and seen.site == site), None)

    def remember(self, *, origin: str, seen: Seen) -> None:
        """Keep `seen` for the log named `origin`; the file is replaced whole."""
        if self._path is None:
            return
        logs = {name: asdict(each) for name, each in {**self._logs(), origin: seen}.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self._path.parent, delete=False, encoding="utf-8") as file:
            json.dump(logs, file, indent=1)
        Path(file.name).replace(self._path)

    def _logs(self) -> dict[str, Seen]:
        if self._path is None or not self._path.exists():
            return {}
        try:
            logs = json.loads(self._path.read_text(encoding="utf-8"))
            return {
                origin: Seen(log["note"], tuple(log["keys"]), log["site"], log["at"]) for origin, log in logs.items()
            }
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(
                f"{self._path} is damaged: restore it, or delete it and lose the memory of logs seen before."
            ) from error
