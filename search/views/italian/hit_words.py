"""What is said of a hit, and of why it was found, in Italian."""

from __future__ import annotations

from collections.abc import Sequence

from search.why import Explanation, FoundWord

from .words import number, short

WHY = "Perché questo?"
HIDE_WHY = "Nascondi il perché"
WORDS = "Parole"
MEANING = "Significato"


def named(organisations: Sequence[str]) -> str:
    """Whom the passage names; "" for nobody."""
    return f"nomina {' e '.join(short(one) for one in organisations)}" if organisations else ""


def matched(explanation: Explanation) -> str:
    """Which words of the question stand in the passage, in which form, and which do not."""
    there = [_found(word) for word in explanation.words if word.found]
    missing = [f"«{short(word.asked)}»" for word in explanation.words if not word.found]
    if not there:
        return "nessuna parola della domanda è nel passaggio o nei suoi titoli."
    said = f"nel passaggio o nei suoi titoli c’è {_and(there)}"
    return f"{said}; non c’è {_and(missing)}." if missing else f"{said}."


def nearness(explanation: Explanation) -> str:
    """How near in meaning the passage is, beside the others."""
    among = f"dei {number(explanation.passages)} passaggi cercati"
    match explanation.place:
        case None:
            return f"ce ne sono di più vicini alla domanda, {among}: lo hanno portato le parole."
        case 1:
            return f"è il più vicino alla domanda, {among}."
        case place:
            return f"è il {number(place)}º più vicino alla domanda, {among}."


def _found(word: FoundWord) -> str:
    asked = f"«{short(word.asked)}»"
    if word.asked.lower() == word.found.lower():
        return asked
    return f"{asked} (qui «{short(word.found)}»)"


def _and(values: Sequence[str]) -> str:
    return " e ".join(part for part in (", ".join(values[:-1]), values[-1]) if part)
