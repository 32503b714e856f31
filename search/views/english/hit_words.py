"""What is said of a hit, and of why it was found, in English."""

from __future__ import annotations

from collections.abc import Sequence

from search.why import Explanation, FoundWord

from .words import number, short

WHY = "Why this?"
HIDE_WHY = "Hide why"
WORDS = "Words"
MEANING = "Meaning"


def named(organisations: Sequence[str]) -> str:
    """Whom the passage names; "" for nobody."""
    return f"names {' and '.join(short(one) for one in organisations)}" if organisations else ""


def matched(explanation: Explanation) -> str:
    """Which words of the question stand in the passage, in which form, and which do not."""
    there = [_found(word) for word in explanation.words if word.found]
    missing = [f"“{short(word.asked)}”" for word in explanation.words if not word.found]
    if not there:
        return "no word of the question is in the passage or its headings."
    said = f"in the passage or its headings: {_and(there)}"
    return f"{said}; not there: {_and(missing)}." if missing else f"{said}."


def nearness(explanation: Explanation) -> str:
    """How near in meaning the passage is, beside the others."""
    among = f"of the {number(explanation.passages)} passages searched"
    match explanation.place:
        case None:
            return f"others {among} are nearer to the question: its words brought it here."
        case 1:
            return f"the nearest to the question {among}."
        case place:
            return f"the {_ordinal(place)} nearest to the question {among}."


def _found(word: FoundWord) -> str:
    asked = f"“{short(word.asked)}”"
    if word.asked.lower() == word.found.lower():
        return asked
    return f"{asked} (here “{short(word.found)}”)"


def _and(values: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(values[:-1]), values[-1]) if part)


def _ordinal(value: int) -> str:
    """ "2nd", "11th", "1,021st"."""
    is_teen = value % 100 in {11, 12, 13}
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{number(value)}{ending}"
