"""Why a login with an eID does not succeed, in words for the one who tries."""

from __future__ import annotations

from thorbecke.kernel.errors import ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop

START_AGAIN = Message(gettext_noop("Start again with logging in."))


class LoginFailed(ThorbeckeError):
    """A login with an eID that did not succeed; `reason` is one word for the audit trail."""

    reason = "failed"


class LoginCancelled(LoginFailed):
    """The person stopped at the eID."""

    reason = "cancelled"

    def __init__(self) -> None:
        super().__init__(Message(gettext_noop("You stopped logging in.")), START_AGAIN)


class LoginUnknown(LoginFailed):
    """The answer does not belong to a login that this browser started a short while ago."""

    reason = "unknown-state"

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("This login took too long, or it was started in another browser.")), START_AGAIN
        )


class AnswerUntrusted(LoginFailed):
    """The eID's answer fails a check; `reason` names the check."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            Message(gettext_noop("We could not trust the answer of the eID. You are not logged in.")), START_AGAIN
        )
        self.reason = reason


class EidUnreachable(LoginFailed):
    """The eID does not answer, or not as OpenID Connect asks."""

    reason = "unreachable"

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("The eID does not answer at the moment.")),
            Message(gettext_noop("Try again in a few minutes.")),
        )
