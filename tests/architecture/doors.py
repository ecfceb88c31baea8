"""What a door may look like: the rules that every `public.py` is held to, on what it takes and returns."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from types import ModuleType
from typing import Any

PLAIN = {str, bytes, int, bool, date, datetime, timedelta, Fraction, object, type(None), Any}
CONTAINERS = {list, tuple, dict, set, frozenset, Sequence, Mapping, Iterator, Callable}


def faults_of_door(module: ModuleType) -> list[str]:
    """Return what is wrong with a door: no `__all__`, loose names, positional or untyped parameters, models."""
    names = getattr(module, "__all__", None)
    if names is None:
        return [f"{module.__name__} has no __all__"]
    faults = [f"{name} is not in __all__" for name in _own_functions(module) if name not in names]
    for name in names:
        member = getattr(module, name)
        if inspect.isfunction(member):
            faults += _faults_of_function(member)
        elif inspect.isclass(member):
            faults += _faults_of_class(member)
    return faults


def _own_functions(module: ModuleType) -> list[str]:
    return [
        name
        for name, member in vars(module).items()
        if inspect.isfunction(member) and member.__module__ == module.__name__ and not name.startswith("_")
    ]


def _faults_of_function(function: types.FunctionType) -> Iterator[str]:
    name = function.__name__
    hints = typing.get_type_hints(function)
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            yield f"{name}: parameter {parameter.name} is not keyword-only"
        if parameter.name not in hints:
            yield f"{name}: parameter {parameter.name} has no type"
    if "return" not in hints:
        yield f"{name}: no return type"
    for place, hint in hints.items():
        yield from (f"{name}: {place} is {wrong}" for wrong in _wrong_types(hint))


def _faults_of_class(cls: type) -> Iterator[str]:
    if not _is_value_class(cls):
        yield f"{cls.__name__} is not a frozen dataclass, an enum or an error"


def _is_value_class(cls: type) -> bool:
    if issubclass(cls, (enum.Enum, Exception)):
        return True
    return dataclasses.is_dataclass(cls) and bool(cls.__dataclass_params__.frozen)  # type: ignore[attr-defined]


def _wrong_types(hint: Any) -> Iterator[str]:
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if arguments or origin is not None:
        if origin not in CONTAINERS and origin not in {types.UnionType, typing.Union}:
            yield f"a container {origin}"
        for argument in arguments:
            members = argument if isinstance(argument, list) else [argument]
            for member in members:
                if member is not Ellipsis:
                    yield from _wrong_types(member)
    elif isinstance(hint, (str, typing.ForwardRef)):
        return
    elif hint not in PLAIN and not (inspect.isclass(hint) and (hint in CONTAINERS or _is_value_class(hint))):
        yield f"{hint!r}, not a frozen dataclass or plain value"
