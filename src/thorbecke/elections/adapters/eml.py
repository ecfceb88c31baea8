"""Puts the EML_NL files of one election together: recognised by content, in any order, checked against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thorbecke.elections.domain.count import CandidateList, Election, ElectionCount
from thorbecke.elections.domain.inputs import SourceFile
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .eml_110a import Definition, read_definition
from .eml_230 import read_ballot
from .eml_510 import read_count
from .eml_identity import Identity
from .eml_reader import SEND_THESE_FORMS, EmlFile, Form, form_of

__all__ = ["EmlFile", "ReceivedElection", "RecognisedFile", "read_election"]

USED_FORMS: tuple[Form, ...] = ("110a", "230b", "510b")

COUNCIL = "GR"
"""ElectionCategory of a municipal council."""

LARGEST_COUNCIL = 1000
PARAMETERS = read_parameters(COUNCIL_RULE)

SEATS = "seats"
IMPOSSIBLE_SEATS = gettext_noop("%(seats)s is not a possible number of seats.")
GIVE_SEATS = gettext_noop("Give the number of seats of the council, such as 17.")


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file as received, and the form that it holds."""

    file: EmlFile
    form: Form

    @property
    def source(self) -> SourceFile:
        """The file as the inputs of an outcome name it."""
        return SourceFile(f"EML {self.form}", self.file.sha256)


@dataclass(frozen=True, slots=True)
class ReceivedElection:
    """One election as its files give it; `files` in the order of their forms."""

    election: Election
    lists: tuple[CandidateList, ...]
    count: ElectionCount
    files: tuple[RecognisedFile, ...]


def read_election(files: Sequence[EmlFile], seats: int | None = None) -> ReceivedElection:
    """Read the files of one council election: one 230b, one 510b and, unless `seats` is given, one 110a.

    Raises BadInput when a file is wrong, missing, given twice or of another election, and when `seats`
    contradicts the 110a.
    """
    by_form = _sort_by_form(files)
    ballot = read_ballot(_needed(by_form, "230b"))
    _refuse_other_bodies(ballot.identity, by_form["230b"])
    counted_in, count = read_count(_needed(by_form, "510b"), ballot.lists)
    _refuse_another_election(counted_in, by_form["510b"], ballot.identity, by_form["230b"])
    definition = read_definition(by_form["110a"]) if "110a" in by_form else None
    if definition is not None:
        _refuse_another_election(definition.identity, by_form["110a"], ballot.identity, by_form["230b"])
    return ReceivedElection(
        election=_election(ballot.identity, _settle_seats(definition, seats, ballot.identity)),
        lists=ballot.lists,
        count=count,
        files=tuple(RecognisedFile(by_form[form], form) for form in sorted(by_form)),
    )


def _sort_by_form(files: Sequence[EmlFile]) -> dict[Form, EmlFile]:
    by_form: dict[Form, EmlFile] = {}
    for file in files:
        form = form_of(file, USED_FORMS)
        if form in by_form:
            raise _problem(
                file,
                gettext_noop("There are two files with form %(form)s: this one and %(other)s."),
                gettext_noop("Send one file of each form, and the files of one election at a time."),
                form=form,
                other=by_form[form].name,
            )
        by_form[form] = file
    return by_form


def _needed(by_form: dict[Form, EmlFile], form: Form) -> EmlFile:
    if form not in by_form:
        raise BadInput(
            Message(gettext_noop("The file with form %(form)s is missing."), {"form": form}), Message(SEND_THESE_FORMS)
        )
    return by_form[form]


def _refuse_other_bodies(identity: Identity, file: EmlFile) -> None:
    if identity.category != COUNCIL:
        raise _problem(
            file,
            gettext_noop("This is an election of category %(category)s."),
            gettext_noop("Only elections of a municipal council (category GR) can be computed."),
            category=identity.category or "?",
        )


def _refuse_another_election(identity: Identity, file: EmlFile, expected: Identity, expected_in: EmlFile) -> None:
    same = (identity.id, identity.category, identity.date) == (expected.id, expected.category, expected.date)
    if not same:
        raise _problem(
            file,
            gettext_noop(
                "This file is of election %(id)s on %(date)s, but %(other_file)s is of election %(other_id)s "
                "on %(other_date)s."
            ),
            gettext_noop("Send the files of one election at a time."),
            id=identity.id,
            date=identity.date.isoformat(),
            other_file=expected_in.name,
            other_id=expected.id,
            other_date=expected.date.isoformat(),
        )


def _settle_seats(definition: Definition | None, given: int | None, identity: Identity) -> int:
    if definition is None:
        return _given_seats(given, identity)
    if given is not None and given != definition.seats:
        raise definition.seats_node.wrong(
            gettext_noop("The file says %(stated)s seats, but %(given)s seats were given."),
            gettext_noop("Leave out the number of seats, or check whether this is the right file."),
            stated=definition.seats,
            given=given,
        )
    if not 1 <= definition.seats <= LARGEST_COUNCIL:
        raise definition.seats_node.wrong(IMPOSSIBLE_SEATS, GIVE_SEATS, seats=definition.seats)
    _refuse_other_threshold(definition)
    return definition.seats


def _given_seats(given: int | None, identity: Identity) -> int:
    """The files of a council say whether it has fewer than 19 seats, which catches a slip of the pen."""
    if given is None:
        raise BadInput(
            Message(gettext_noop("The number of seats is unknown: there is no 110a file and it was not given.")),
            Message(gettext_noop("Add the 110a file, or give the number of seats.")),
            Place(field=SEATS),
        )
    if not 1 <= given <= LARGEST_COUNCIL:
        raise BadInput(Message(IMPOSSIBLE_SEATS, {"seats": given}), Message(GIVE_SEATS), Place(field=SEATS))
    expected = "GR2" if PARAMETERS.is_large(given) else "GR1"
    if identity.subcategory not in {"", expected}:
        raise BadInput(
            Message(
                gettext_noop("%(seats)s seats do not fit the files: they are of an election of kind %(kind)s."),
                {"seats": given, "kind": identity.subcategory},
            ),
            Message(gettext_noop("GR1 has fewer than 19 seats, GR2 has 19 or more. Give the right number of seats.")),
            Place(field=SEATS),
        )
    return given


def _refuse_other_threshold(definition: Definition) -> None:
    """The threshold follows from the number of seats (Kieswet, P 15)."""
    lawful = PARAMETERS.preference_share(definition.seats) * 100
    if definition.threshold_node is not None and definition.threshold != lawful:
        raise definition.threshold_node.wrong(
            gettext_noop("The file says a preference threshold of %(stated)s%%, but the law says %(lawful)s%%."),
            gettext_noop(
                "Check the number of seats in the file: from 19 seats the threshold is 25%%, below that 50%%."
            ),
            stated=definition.threshold or 0,
            lawful=str(lawful),
        )


def _election(identity: Identity, seats: int) -> Election:
    return Election(
        id=identity.id,
        category=identity.category,
        name=identity.name,
        date=identity.date,
        authority=identity.area or identity.area_code,
        seats=seats,
    )


def _problem(file: EmlFile, problem: str, remedy: str, **values: str | int) -> BadInput:
    return BadInput(Message(problem, values), Message(remedy, values), Place(file.name))
