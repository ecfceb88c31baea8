"""`thorbecke elections audit`: a risk-limiting audit of the seats of a council, without server or database."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.errors import BadInput, Place, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop

from .adapters.csv_audit import BALLOT_COLUMNS, read_ballots, read_manifest
from .adapters.eml import COUNCIL, OTHER_BODY, ReceivedElection, read_election
from .domain.audit_assertions import Assertion
from .domain.audit_assessment import Assessed, Assessment, Verdict, assess
from .domain.audit_plan import AuditPlan, Estimate, plan_audit
from .domain.audit_sampling import FEWEST_DIGITS, DrawnBallot, Manifest, ballots_drawn
from .domain.exact import fraction_text
from .domain.rule import COUNCIL_RULE, read_parameters
from .domain.standing import ListVotes
from .terminal import error_lines, read_files

SHOWN = 20
"""Ballots to draw that the plan prints, unless it is asked for another number."""


@dataclass(frozen=True, slots=True)
class _Audit:
    received: ReceivedElection
    plan: AuditPlan
    manifest: Manifest
    seed: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Plan or assess an audit and print it; return 0, or 1 for wrong input or a result that no sample can confirm."""
    options = _parser().parse_args(arguments)
    try:
        audit = _prepare(options)
        _assess(audit, options) if options.action == "assess" else _plan(audit, options)
    except ThorbeckeError as error:
        print("\n".join(error_lines(error)), file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thorbecke elections audit",
        description="Check the seats of a council by a sample of its paper ballots (a risk-limiting audit).",
    )
    actions = parser.add_subparsers(dest="action", required=True)
    plan = actions.add_parser("plan", help="what must be confirmed, how many ballots, and which to draw first")
    assess_ = actions.add_parser("assess", help="what the ballots read so far say: stop, draw more or count all")
    for each in (plan, assess_):
        each.add_argument("files", nargs="+", metavar="FILE", help="EML_NL 110a, 230b and 510b, in any order")
        each.add_argument("--seats", type=int, help="number of seats, where there is no 110a file")
        each.add_argument("--seed", required=True, help=f"{FEWEST_DIGITS} digits or more, thrown in public")
        each.add_argument("--risk-limit", default="1/20", help="the largest chance to confirm wrong seats (1/20)")
        each.add_argument("--manifest", metavar="FILE", help="CSV with station and ballots: an own count of the paper")
        each.add_argument("--json", action="store_true", help="print everything as JSON, exact fractions as text")
    plan.add_argument("--first", type=int, metavar="N", help=f"show the first N ballots to draw ({SHOWN})")
    plan.add_argument("--worksheet", metavar="FILE", help="write a CSV with the ballots to draw, to be filled in")
    assess_.add_argument("--ballots", required=True, metavar="FILE", help="CSV with station, ballot and list")
    return parser


def _prepare(options: argparse.Namespace) -> _Audit:
    seed, limit = _seed(options.seed), _risk_limit(options.risk_limit)
    received = read_election(read_files(options.files), options.seats)
    _refuse_other_bodies(received)
    reported = {each.id: each.group.ballots for each in received.stations}
    manifest = Manifest(reported)
    if options.manifest is not None:
        manifest = read_manifest(read_files([options.manifest])[0], reported)
    (district,) = received.districts
    votes = district.total.votes
    plan = plan_audit(
        seats=received.election.seats,
        lists=[
            ListVotes(each.number, tuple(zip(each.positions, votes[each.number], strict=True)))
            for each in received.lists
        ],
        ballots=manifest.total,
        parameters=read_parameters(COUNCIL_RULE),
        risk_limit=limit,
    )
    return _Audit(received, plan, manifest, seed)


def _refuse_other_bodies(received: ReceivedElection) -> None:
    """Only the rule of councils is audited."""
    category = received.election.category
    if category != COUNCIL:
        raise BadInput(
            Message(OTHER_BODY, {"category": category}),
            Message(gettext_noop("Only an election of a municipal council (category GR) can be audited.")),
        )


def _seed(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) >= FEWEST_DIGITS):
        raise BadInput(
            Message(gettext_noop("The seed must be %(fewest)s digits or more."), {"fewest": FEWEST_DIGITS}),
            Message(
                gettext_noop("Throw a ten-sided die in public, after the count is fixed, and write what it shows.")
            ),
            Place(field="--seed"),
        )
    return text


def _risk_limit(text: str) -> Fraction:
    try:
        limit = Fraction(text)
    except (ValueError, ZeroDivisionError):
        limit = Fraction(0)
    if not 0 < limit < 1:
        raise BadInput(
            Message(gettext_noop('"%(text)s" is not a risk limit between 0 and 1.'), {"text": text[:40]}),
            Message(gettext_noop("Write a fraction such as 1/20 or 0.05.")),
            Place(field="--risk-limit"),
        )
    return limit


def _plan(audit: _Audit, options: argparse.Namespace) -> None:
    sample = audit.plan.sample
    asked = options.first if options.first is not None else sample.ample if options.json else SHOWN
    first = list(islice(ballots_drawn(audit.seed, audit.manifest), max(0, asked or 0)))
    if options.worksheet is not None:
        _write_worksheet(Path(options.worksheet), audit, options.first or sample.ample or 0)
    print(_as_text(_plan_document(audit, first)) if options.json else "\n".join(_plan_lines(audit, first)))


def _assess(audit: _Audit, options: argparse.Namespace) -> None:
    file = read_files([options.ballots])[0]
    lists = {each.number for each in audit.received.lists}
    assessment = assess(audit.plan, read_ballots(file, audit.manifest, audit.seed, lists))
    document = _assessment_document(audit, assessment)
    print(_as_text(document) if options.json else "\n".join(_assessment_lines(audit, assessment)))


def _write_worksheet(path: Path, audit: _Audit, size: int) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(BALLOT_COLUMNS)
            for each in islice(ballots_drawn(audit.seed, audit.manifest), size):
                writer.writerow((each.station, each.ballot, ""))
    except OSError as error:
        raise BadInput(
            Message(
                gettext_noop("%(file)s cannot be written: %(reason)s."),
                {"file": str(path), "reason": error.strerror or str(error)},
            ),
            Message(gettext_noop("Check the name of the folder and whether you may write there.")),
        ) from error


def _heading(audit: _Audit) -> Iterator[str]:
    election, plan = audit.received.election, audit.plan
    yield f"{election.name}, {election.date:%Y-%m-%d}: audit of {election.seats} seats"
    yield (
        f"{plan.ballots} ballots in {len(audit.manifest.stations)} polling stations. Seed {audit.seed}. "
        f"Risk limit {plan.risk_limit}:"
    )
    yield f"if the seats are wrong, the chance that this audit confirms them is {plan.risk_limit} at most."
    yield ""


def _plan_lines(audit: _Audit, first: Sequence[DrawnBallot]) -> Iterator[str]:
    plan, votes = audit.plan, audit.plan.votes
    yield from _heading(audit)
    yield f"The seats are right if these {len(plan.assertions)} assertions hold, the narrowest first."
    yield f"{'wrong ballots needed':>21}  {'sample':>15}  assertion"
    for each in sorted(plan.assertions, key=lambda one: one.margin(votes, plan.ballots)):
        needed = each.fewest_wrong_ballots(votes)
        yield f"{needed:>21}  {_size(plan.estimate(each)):>15}  {each.sentence} ({each.article})"
    yield ""
    yield from _sample_lines(plan.sample, plan.ballots)
    if first:
        yield ""
        yield "First ballots to draw: draw, polling station, number of the ballot in its pile"
    for drawn in first:
        yield f"{drawn.draw:>6}  {drawn.station:<30} {drawn.ballot:>8}"


def _sample_lines(sample: Estimate, ballots: int) -> Iterator[str]:
    if sample.ample is None:
        yield f"This may take more than half of the {ballots} ballots: counting all again by hand is less work."
    else:
        yield f"Estimate, if the count is right: about {sample.middle} to {sample.ample} ballots."


def _size(estimate: Estimate) -> str:
    parts = ["over half" if each is None else str(each) for each in (estimate.middle, estimate.ample)]
    return " to ".join(dict.fromkeys(parts))


def _assessment_lines(audit: _Audit, assessment: Assessment) -> Iterator[str]:
    yield from _heading(audit)
    yield f"{'measured risk':>14}  assertion"
    for each in sorted(assessment.assertions, key=lambda one: -one.risk):
        mark = "confirmed" if each.confirmed else "open"
        yield f"{_shown_risk(each.risk):>14}  {mark:<9}  {each.assertion.sentence} ({each.assertion.article})"
    yield ""
    yield f"{assessment.counted} ballots count, from the first draw up to the first that was not read."
    if assessment.verdict is Verdict.CONFIRMED:
        yield "Stop: the seats are confirmed."
    elif assessment.verdict is Verdict.DRAW_MORE:
        yield f"Not confirmed yet: draw about {assessment.more} more ballots, in the order of the draw."
    else:
        yield "Count all ballots again by hand: more sampling would not be less work. That count is then the result."


def _shown_risk(risk: Fraction) -> str:
    """Show a risk in hundredths of a per cent, rounded up."""
    parts = -(-risk.numerator * 10_000 // risk.denominator)
    return f"{parts // 100}.{parts % 100:02} %"


def _as_text(document: JsonObject) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)


def _shared_document(audit: _Audit) -> dict[str, JsonObject | str | int]:
    return {
        "election": audit.received.election.id,
        "seats": audit.received.election.seats,
        "seed": audit.seed,
        "risk_limit": fraction_text(audit.plan.risk_limit),
        "ballots": audit.plan.ballots,
        "manifest": audit.manifest.stations,
    }


def _plan_document(audit: _Audit, first: Sequence[DrawnBallot]) -> JsonObject:
    return {
        **_shared_document(audit),
        "assertions": [_assertion(audit.plan, each) for each in audit.plan.assertions],
        "sample": _estimate(audit.plan.sample),
        "draw": [[each.station, each.ballot] for each in first],
    }


def _assertion(plan: AuditPlan, each: Assertion) -> JsonObject:
    return {
        "kind": each.kind,
        "article": each.article,
        "lists": list(each.lists),
        "sentence": str(each.sentence),
        "weights": [list(pair) for pair in each.weights],
        "margin": fraction_text(each.margin(plan.votes, plan.ballots)),
        "fewest_wrong_ballots": each.fewest_wrong_ballots(plan.votes),
        "bet": fraction_text(plan.test_of(each).bet),
        "sample": _estimate(plan.estimate(each)),
    }


def _estimate(estimate: Estimate) -> JsonObject:
    return {"middle": estimate.middle, "ample": estimate.ample}


def _assessment_document(audit: _Audit, assessment: Assessment) -> JsonObject:
    return {
        **_shared_document(audit),
        "verdict": assessment.verdict.value,
        "counted": assessment.counted,
        "draw_more": assessment.more,
        "risk": _shown_risk(assessment.risk),
        "assertions": [_assessed(each) for each in assessment.assertions],
    }


def _assessed(each: Assessed) -> JsonObject:
    return {
        "article": each.assertion.article,
        "sentence": str(each.assertion.sentence),
        "risk": _shown_risk(each.risk),
        "confirmed": each.confirmed,
        "draw_more": each.more,
    }
