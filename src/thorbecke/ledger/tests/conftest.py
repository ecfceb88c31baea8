"""A kind of outcome of the tests' own, and short ways to record it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from thorbecke.kernel.outcome import Computation, Disclosed, Outcome, PublishedRule, Replacement
from thorbecke.ledger import public

KIND = "ledger.test"
RULE = PublishedRule("ledger/test/doubling", "1", {"source": "made for the tests", "formula": "2 x"})
AT = datetime(2026, 3, 18, 21, 30, 15, 999_999, tzinfo=UTC)

MakeOutcome = Callable[..., Outcome]

PERSONAL = {"resident": "A. Voorbeeld", "income": 123_456_789}
SALT = "5f" * 16

disclosures: dict[int, Disclosed] = {}
"""What the tests' kind discloses: index -> content."""

public.register_kind(
    kind=KIND,
    title="Doubled number",
    disclose=disclosures.get,
    rules=[RULE],
    page_urls=lambda indexes: {index: f"/verdubbeld/{index}/" for index in indexes},
)


def outcome_of(number: int, *, replaces: int | None = None, salt: str | None = None) -> Outcome:
    return Outcome(
        kind=KIND,
        subject=f"numbers/{number}",
        rule=RULE.reference,
        inputs=PERSONAL if salt else {"number": number},
        computation=Computation({"doubled": 2 * number}, [{"step": "double", "article": "2 x"}]),
        replaces=None if replaces is None else Replacement(replaces, {"number": "was wrong"}),
        salt=salt,
    )


@pytest.fixture
def make_outcome() -> MakeOutcome:
    return outcome_of


@pytest.fixture(autouse=True)
def own_log(settings, tmp_path) -> None:
    """Give every test an own signing key and no disclosures."""
    settings.DATA = tmp_path
    settings.LOG_KEY = settings.LOG_KEY_PREVIOUS = ""
    disclosures.clear()
