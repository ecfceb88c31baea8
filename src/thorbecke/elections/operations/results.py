"""Record a lot that was drawn, and publish a result in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from thorbecke.elections import models
from thorbecke.elections.domain.correction import difference_of
from thorbecke.elections.domain.recompute import RULE_OF, recompute
from thorbecke.elections.domain.second_opinion import check_seats
from thorbecke.elections.queries import find_latest_revision, get_counted
from thorbecke.identity.public import Actor, AssuranceLevel, require
from thorbecke.kernel.canonical_json import JsonObject, sha256_of
from thorbecke.kernel.errors import BadInput, NotFound, Place, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Computation, Outcome, Replacement
from thorbecke.ledger.public import record

from .importing import IMPORT, state_of

KIND = "elections.seats"
DRAW, PUBLISH = "elections.draw", "elections.publish"


class LotNotOpen(ThorbeckeError):
    """A draw is offered for a lot that this result does not wait for."""


class TooLate(ThorbeckeError):
    """Something that changes the result is offered after that result was used."""


class ResultChanged(ThorbeckeError):
    """Someone imported other files or recorded a lot after the publisher looked."""


class LotIsOpen(ThorbeckeError):
    """A result cannot be published while a lot must be drawn."""


def record_draw(
    *,
    actor: Actor,
    election_id: str,
    lot: str,
    chosen: Sequence[int],
    drawn_by: str,
    witnesses: str,
    drawn_at: datetime,
    at: datetime,
) -> models.ResultState:
    """Record who was chosen by a lot, in the order drawn, and compute the result again; return its state.

    `lot` must be the id of the open lot (Kieswet, P 14: drawn in public session). Needs the permission
    "elections.draw". Raises NotEntitled, NotFound, LotNotOpen, and BadInput when the choice does not fit the lot.
    """
    require(actor=actor, permission=DRAW, level=AssuranceLevel.SUBSTANTIAL)
    with transaction.atomic():
        revision = _locked(election_id)
        question = revision.computed.result["open_lot"]
        if question is None or question["id"] != lot or revision.computed.state == models.ResultState.PUBLISHED:
            raise LotNotOpen(
                Message(gettext_noop("This lot is not open, or no longer.")),
                Message(gettext_noop("Look at the election again: it names the lot that must be drawn now.")),
            )
        _refuse_misfit(question, chosen)
        models.Draw.objects.create(
            revision=revision,
            ordinal=revision.draws.count() + 1,
            lot=lot,
            question=question,
            chosen=list(chosen),
            drawn_by=drawn_by,
            witnesses=witnesses,
            drawn_at=drawn_at,
            recorded_at=at,
            recorded_by=actor.id,
        )
        return _compute_again(revision)


def record_death(
    *, actor: Actor, election_id: str, list_number: int, position: int, died: bool = True
) -> models.ResultState:
    """Record that a candidate died, so that no seat goes to this candidate, and compute the result again (P 19a).

    With `died` false an earlier record was a mistake. Recording it again changes nothing. Needs the permission
    "elections.import". Raises NotEntitled, NotFound, and TooLate when the result is published or a lot is drawn.
    """
    require(actor=actor, permission=IMPORT, level=AssuranceLevel.SUBSTANTIAL)
    with transaction.atomic():
        revision = _locked(election_id)
        _refuse_published(revision)
        if revision.draws.filter(withdrawn_at=None).exists():
            raise TooLate(
                Message(gettext_noop("A lot is recorded already.")),
                Message(gettext_noop("Withdraw the recorded lots first, and draw again where that is needed.")),
            )
        rows = models.Candidate.objects.filter(list__revision=revision, list__number=list_number, position=position)
        if not rows.update(deceased=died):
            raise NotFound(Message(gettext_noop("There is no such candidate in this election.")))
        return _compute_again(revision)


def withdraw_draws(*, actor: Actor, election_id: str, at: datetime) -> models.ResultState:
    """Withdraw the recorded lots, such as when one was recorded wrongly, and compute the result again.

    They are kept with who withdrew them. Needs the permission "elections.draw". Raises NotEntitled, NotFound, and
    TooLate when the result is published.
    """
    require(actor=actor, permission=DRAW, level=AssuranceLevel.SUBSTANTIAL)
    with transaction.atomic():
        revision = _locked(election_id)
        _refuse_published(revision)
        revision.draws.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=actor.id)
        return _compute_again(revision)


def publish_result(*, actor: Actor, election_id: str, at: datetime, inputs_sha256: str | None = None) -> int:
    """Publish the latest result of an election and record it in the log; return its index there.

    With `inputs_sha256` only the result of these inputs, as the publisher saw it. Publishing again changes nothing
    and returns the same index. Needs the permission "elections.publish". Raises NotEntitled, NotFound, LotIsOpen
    while a lot must be drawn, ResultChanged, and SeatsDiffer when a second way of computing gives other seats.
    """
    require(actor=actor, permission=PUBLISH, level=AssuranceLevel.SUBSTANTIAL)
    with transaction.atomic():
        revision = _locked(election_id)
        if revision.computed.ledger_index is not None:
            return revision.computed.ledger_index
        counted = get_counted(revision)
        if inputs_sha256 not in {None, sha256_of(counted.inputs)}:
            raise ResultChanged(
                Message(gettext_noop("This result changed after you opened the page.")),
                Message(gettext_noop("Look at it again before you publish it.")),
            )
        return _record(revision, counted.inputs, actor, at)


def _record(revision: models.Revision, inputs: JsonObject, actor: Actor, at: datetime) -> int:
    """Compute the result once more from the rows, record it, and keep what was recorded."""
    rule = RULE_OF[revision.category].reference
    computation = recompute(rule, inputs)
    if computation.result["open_lot"] is not None:
        raise LotIsOpen(
            Message(gettext_noop("A lot must be drawn before this result can be published.")),
            Message(gettext_noop("Draw the lot in public session and record who was chosen.")),
        )
    check_seats(computation.result, inputs)
    outcome = Outcome(
        kind=KIND,
        subject=f"elections/{revision.election.eml_id}",
        rule=rule,
        inputs=inputs,
        computation=computation,
        replaces=_replacement(revision, inputs, computation),
    )
    receipt = record(outcome=outcome, at=at)
    stored = revision.computed
    stored.result, stored.explanation = computation.result, list(computation.explanation)
    stored.state, stored.ledger_index = models.ResultState.PUBLISHED, receipt.index
    stored.published_at, stored.published_by = receipt.recorded_at, actor.id
    stored.save()
    return receipt.index


def _locked(election_id: str) -> models.Revision:
    models.Election.objects.select_for_update().filter(eml_id=election_id).first()
    revision = find_latest_revision(election_id=election_id)
    if revision is None:
        raise NotFound(
            Message(gettext_noop("There is no election called %(id)s here."), {"id": election_id[:100]}),
            Message(gettext_noop("Import its files first.")),
        )
    return revision


def _refuse_published(revision: models.Revision) -> None:
    if revision.computed.state == models.ResultState.PUBLISHED:
        raise TooLate(
            Message(gettext_noop("The result is published and does not change any more.")),
            Message(gettext_noop("Is the count itself wrong? Then import the right files as a correction.")),
        )


def _refuse_misfit(question: JsonObject, chosen: Sequence[int]) -> None:
    lot: Any = question
    fits = set(chosen) <= set(lot["participants"]) and len(set(chosen)) == len(chosen) == lot["choose"]
    if not fits:
        values = {"choose": lot["choose"], "participants": ", ".join(map(str, lot["participants"]))}
        raise BadInput(
            Message(gettext_noop("Choose %(choose)s different ones out of %(participants)s."), values),
            Message(gettext_noop("Give the numbers in the order in which they were drawn.")),
            Place(field="chosen"),
        )


def _compute_again(revision: models.Revision) -> models.ResultState:
    computation = recompute(RULE_OF[revision.category].reference, get_counted(revision).inputs)
    stored = revision.computed
    stored.result, stored.explanation = computation.result, list(computation.explanation)
    stored.state = state_of(computation)
    stored.save()
    return models.ResultState(stored.state)


def _replacement(revision: models.Revision, inputs: JsonObject, computation: Computation) -> Replacement | None:
    before = models.Revision.objects.filter(election=revision.election_id, number=revision.number - 1)
    previous = before.select_related("election", "computed").first()
    if previous is None or previous.computed.ledger_index is None:
        return None
    difference = difference_of(
        inputs_before=get_counted(previous).inputs,
        result_before=previous.computed.result,
        inputs_after=inputs,
        result_after=computation.result,
    )
    return Replacement(previous.computed.ledger_index, difference)
