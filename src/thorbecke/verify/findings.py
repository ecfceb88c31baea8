"""What a check can end in besides "it holds"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias


class Refuted(Exception):
    """Something published is not what it says it is; the text is a sentence that a journalist can print."""


class Unreadable(Exception):
    """What should be checked could not be read: no answer, no file, or another format."""


Tell: TypeAlias = Callable[[str], None]
"""Receives a sentence about each thing that was checked and holds."""
