"""The project's own tables of a count, described by Table Schema (Frictionless Data Package, version 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from thorbecke.elections.domain.count import EXPLANATION_CODES
from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.kernel.canonical_json import JsonObject

from .eml_reader import LARGEST_NUMBER, LONGEST_TEXT

FieldType: TypeAlias = Literal["integer", "string"]

PACKAGE = "datapackage.json"
INVESTIGATION_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: numbers lie from `least` to 999,999,999, texts have at most 250 characters."""

    name: str
    type: FieldType
    description: str
    required: bool = True
    least: int = 0

    @property
    def schema(self) -> JsonObject:
        """The field as Table Schema describes it."""
        limits: JsonObject = (
            {"minimum": self.least, "maximum": LARGEST_NUMBER}
            if self.type == "integer"
            else {"maxLength": LONGEST_TEXT}
        )
        return {
            "name": self.name,
            "type": self.type,
            "description": self.description,
            "constraints": {"required": self.required, **limits},
        }


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, those that together name a line, and those that must occur in another table."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def path(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"

    @property
    def schema(self) -> JsonObject:
        """The table as Table Schema describes it."""
        return {
            "fields": [field.schema for field in self.fields],
            "missingValues": [""],
            "primaryKey": list(self.key),
            "foreignKeys": [
                {"fields": list(fields), "reference": {"resource": table, "fields": list(fields)}}
                for fields, table in self.references
            ],
        }


def _list() -> Field:
    return Field("list", "integer", "List number.", least=1)


def _candidate() -> Field:
    return Field("candidate", "integer", "Number of the candidate on the list.", least=1)


def _station() -> Field:
    text = f'Id of the polling station, municipality or district as in EML 510; "{WHOLE_COUNT}" for the totals.'
    return Field("station", "string", text)


EXPLANATION_FIELDS = dict(
    zip(
        (
            "ballots_taken_away",
            "too_few_ballots_issued",
            "too_many_ballots_issued",
            "no_postal_ballots",
            "too_many_postal_ballots",
            "ballots_lost",
            "unexplained",
            "other_explanation",
        ),
        EXPLANATION_CODES,
        strict=True,
    )
)
"""Columns that explain a difference, and the ReasonCode of EML 510 for the same."""

ADMISSION_FIELDS = ("polling_cards", "proxies", "voter_passes", "admitted")

LISTS = Table(
    "lists",
    "Lists of candidates",
    (_list(), Field("name", "string", "Appellation above the list; empty for a blank list.", required=False)),
    key=("list",),
)
CANDIDATES = Table(
    "candidates",
    "Candidates",
    (
        _list(),
        _candidate(),
        Field("last_name", "string", "Last name without prefix."),
        Field("prefix", "string", "Prefix of the last name.", required=False),
        Field("initials", "string", "Initials.", required=False),
        Field("first_name", "string", "First name in daily use.", required=False),
        Field("locality", "string", "Place of residence.", required=False),
    ),
    key=("list", "candidate"),
    references=((("list",), LISTS.name),),
)
STATIONS = Table(
    "stations",
    "Polling stations and the totals",
    (
        _station(),
        Field("name", "string", "Name.", required=False),
        Field("blank", "integer", "Blank votes."),
        Field("invalid", "integer", "Invalid votes."),
        Field("eligible", "integer", "Voters called to vote here.", required=False),
        Field("polling_cards", "integer", "Voters admitted by polling card.", required=False),
        Field("proxies", "integer", "Voters admitted by proxy.", required=False),
        Field("voter_passes", "integer", "Voters admitted by voter pass.", required=False),
        Field("admitted", "integer", "Voters admitted.", required=False),
        Field("more_counted", "integer", "Ballots counted beyond voters admitted."),
        Field("fewer_counted", "integer", "Voters admitted beyond ballots counted."),
        *(
            Field(name, "integer", f'Ballots of a difference explained as "{code}" (EML 510).')
            for name, code in EXPLANATION_FIELDS.items()
        ),
        Field(
            "investigations",
            "string",
            f'True Investigation codes of EML 510, with "{INVESTIGATION_SEPARATOR}" between them.',
            required=False,
        ),
    ),
    key=("station",),
)
VOTES = Table(
    "votes",
    "Votes per station, list and candidate",
    (_station(), _list(), _candidate(), Field("votes", "integer", "Votes for this candidate in this station.")),
    key=("station", "list", "candidate"),
    references=((("station",), STATIONS.name), (("list", "candidate"), CANDIDATES.name)),
)
TABLES = (LISTS, CANDIDATES, STATIONS, VOTES)
