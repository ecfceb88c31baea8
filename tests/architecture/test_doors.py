"""Every door (`public.py`) is keyword-only, typed, and speaks in frozen dataclasses and plain values."""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.http import HttpRequest

import thorbecke
from thorbecke.ledger.models import Entry

from .doors import faults_of_door

SOURCE = Path(thorbecke.__file__).parent
DOORS = sorted(path.parent.name for path in SOURCE.glob("*/public.py"))


@pytest.mark.parametrize("room", DOORS)
def test_door_has_its_shape(room: str) -> None:
    assert faults_of_door(importlib.import_module(f"thorbecke.{room}.public")) == []


def test_every_room_with_operations_has_a_door() -> None:
    with_operations = {
        path.parent.name for name in ("operations.py", "operations") for path in SOURCE.glob(f"*/{name}")
    }
    assert sorted(with_operations) == DOORS


@dataclass
class Loose:
    """A dataclass that can still change."""

    name: str


def positional(name: str) -> str:
    return name


def untyped(*, name) -> str:  # type: ignore[no-untyped-def]  # what the test is about
    return str(name)


def takes_request(*, request: HttpRequest) -> None:
    return None


def returns_model(*, name: str) -> Entry | None:
    return None


def returns_queryset(*, name: str) -> QuerySet[Entry]:
    raise NotImplementedError


def returns_loose(*, name: str) -> list[Loose]:
    return []


@pytest.mark.parametrize(
    ("function", "fault"),
    [
        (positional, "not keyword-only"),
        (untyped, "no type"),
        (takes_request, "HttpRequest"),
        (returns_model, "Entry"),
        (returns_queryset, "QuerySet"),
        (returns_loose, "Loose"),
    ],
)
def test_a_door_of_another_shape_is_noticed(function: Callable[..., object], fault: str) -> None:
    door = types.ModuleType("door")
    door.__all__ = [function.__name__]  # type: ignore[attr-defined]  # a module made here
    setattr(door, function.__name__, function)
    assert any(fault in found for found in faults_of_door(door)), faults_of_door(door)


def test_a_door_without_all_is_noticed() -> None:
    assert faults_of_door(types.ModuleType("door")) == ["door has no __all__"]
