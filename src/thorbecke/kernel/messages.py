"""Texts for people that pure code produces: a template with values, translated where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def gettext_noop(template: str) -> str:
    """Mark `template` for translation and return it as it is."""
    return template


@dataclass(frozen=True, slots=True)
class Message:
    """An English template in `%(name)s` style, marked with `gettext_noop`, and the values that fill it."""

    template: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.render(lambda template: template)

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the text in the language of `translate` (such as Django's `gettext`)."""
        text = translate(self.template)
        return text % self.values if self.values else text
