"""The door of the ledger room: record outcomes, get receipts and bundles, list what was recorded."""

from __future__ import annotations

from .domain.bundle import Bundle
from .domain.receipt import LoggedOutcome, LogHead, Receipt
from .operations import EntryTooLarge, record, record_all
from .queries import count_outcomes, find_outcome, get_bundle, get_head, get_receipt, list_latest
from .registry import register_kind

__all__ = [
    "Bundle",
    "EntryTooLarge",
    "LogHead",
    "LoggedOutcome",
    "Receipt",
    "count_outcomes",
    "find_outcome",
    "get_bundle",
    "get_head",
    "get_receipt",
    "list_latest",
    "record",
    "record_all",
    "register_kind",
]
