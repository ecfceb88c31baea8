"""`thorbecke elections compute`: the council result of election files on a terminal, without server or database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.errors import BadInput, Place, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Computation

from .adapters.eml import ANY_COUNT, ReceivedElection, read_election
from .domain.inputs import Draw
from .domain.published import inputs_of
from .domain.recompute import recompute
from .domain.rule import COUNCIL_RULE
from .terminal import error_lines, read_files, result_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Compute and print a result; return 0, or 1 for wrong input. A lot that must be drawn is a question, no error."""
    options = _parser().parse_args(arguments)
    try:
        received = read_election(read_files(options.files), options.seats, ANY_COUNT)
        computation = _compute(received, _read_draws(options.draws), options.deceased)
    except ThorbeckeError as error:
        print("\n".join(error_lines(error)), file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(_document(received, computation), indent=2, ensure_ascii=False))
    else:
        print("\n".join(result_lines(received.election, received.lists, received.count, computation)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thorbecke elections compute",
        description="Compute seats and elected candidates of a council from EML_NL or CSV files, without a database. "
        "Exits with 1 when a file is wrong. A lot that must be drawn first is shown as a question.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="EML_NL 110a and 230b, and a count: 510b, 510d or CSV")
    parser.add_argument("--seats", type=int, help="number of seats, where there is no 110a file")
    parser.add_argument("--draws", metavar="FILE", help='JSON file with the lots drawn: [{"lot": id, "chosen": [..]}]')
    parser.add_argument(
        "--deceased", metavar="LIST:NUMBER", action="append", default=[], type=_candidate, help="a candidate who died"
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON, every step included")
    return parser


def _candidate(text: str) -> tuple[int, int]:
    """Read "3:12", list 3 and candidate 12. Raises ValueError, of which argparse makes a message."""
    number, _, position = text.partition(":")
    return int(number), int(position)


def _compute(received: ReceivedElection, draws: Sequence[Draw], deceased: Sequence[tuple[int, int]]) -> Computation:
    files = [each.source for each in received.files]
    by_list: dict[int, list[int]] = {}
    for number, position in deceased:
        _refuse_unknown(received, number, position)
        by_list.setdefault(number, []).append(position)
    inputs = inputs_of(received.election, received.lists, received.count, draws=draws, files=files, deceased=by_list)
    return recompute(COUNCIL_RULE.reference, inputs)


def _refuse_unknown(received: ReceivedElection, number: int, position: int) -> None:
    if not any(each.number == number and position in each.positions for each in received.lists):
        raise BadInput(
            Message(
                gettext_noop("There is no candidate %(candidate)s on list %(list)s."),
                {"candidate": position, "list": number},
            ),
            Message(gettext_noop("Give the number of the list and of the candidate, such as 3:12.")),
            Place(field="--deceased"),
        )


def _read_draws(name: str | None) -> list[Draw]:
    if name is None:
        return []
    content = read_files([name])[0].content
    try:
        return [Draw(str(each["lot"]), tuple(int(number) for number in each["chosen"])) for each in json.loads(content)]
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            Message(gettext_noop("This is not a list of draws.")),
            Message(gettext_noop('Write a JSON list such as [{"lot": "...", "chosen": [3]}], with the id of the lot.')),
            Place(Path(name).name, getattr(error, "lineno", None)),
        ) from error


def _document(received: ReceivedElection, computation: Computation) -> JsonObject:
    """Seats and elected per list by number, and the result and steps as they would stand in the log."""
    result: Any = computation.result
    elected: dict[str, list[int]] = {str(each.number): [] for each in received.lists}
    for number, position in result["elected"]:
        elected[str(number)].append(position)
    return {
        "election": received.election.id,
        "rule": COUNCIL_RULE.reference.as_json(),
        "seats": {str(number): seats for number, seats in result["seats"]},
        "elected": elected,
        "open_lots": [] if result["open_lot"] is None else [result["open_lot"]],
        "result": result,
        "steps": list(computation.explanation),
    }
