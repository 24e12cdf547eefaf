"""The wording of a text alternative: a template, and what the figure that it describes has to say for its placeholders.

``{panels} staircases`` is ``Four staircases`` under four panels and ``Five staircases`` under five, in every language; a translation is a template with the same placeholders.
So neither a count nor anything measured stands in the sentence that is translated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from typing import TypeAlias

Value: TypeAlias = Union[int, str]
"""A count, which is written as a word, or a text, which is written as it is."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?] )$")

# Before a measure word, as in 两张子图, Chinese says 两 for two.
_COUNTS: Mapping[str, Sequence[str]] = {
    "en": ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "zh_CN": ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
}
"""The words for counts from 0, by language; larger counts are written in digits."""


@dataclass(frozen=True)
class Wording:
    """A template in the language of the sources, and the values of its placeholders."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, template: str | None = None, language: str = "en") -> str:
        """Return the template, or its translation ``template``, with the values filled in as ``language`` writes them.

        Raises ``ValueError`` for a placeholder that stands for nothing.
        """

        def fill(placeholder: re.Match[str]) -> str:
            name, before = placeholder[1], placeholder.string[: placeholder.start()]
            if name not in self.values:
                known = ", ".join(f"{{{value}}}" for value in self.values) or "none"
                raise ValueError(
                    f"nothing fills {placeholder[0]} in a text alternative; there is {known}: {placeholder.string!r}"
                )
            word = _written(self.values[name], language)
            return word[:1].upper() + word[1:] if _BEGINS_SENTENCE.search(before) else word

        return _PLACEHOLDER.sub(fill, self.template if template is None else template)


def name(label: str) -> str:
    """Return the placeholder's name for what has a label: ``warm_restarts`` for ``warm restarts``."""
    return re.sub(r"\W+", "_", label)


def _written(value: Value, language: str) -> str:
    words = _COUNTS.get(language, ())
    return words[value] if isinstance(value, int) and 0 <= value < len(words) else str(value)
