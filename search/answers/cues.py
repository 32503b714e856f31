"""Words that tell what a question is after: "come sta cambiando", "chi ha già", "a chi rivolgersi".

They are kept in a data file that says how they are written, Italian and English together: a
question may mix them, and hardly a cue of one language means something in the other. They are
looked for in the folded text: small letters, no accents, no marks, straight apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from ..dictionaries import is_word
from ..sections import sections_of
from ..words import WORD, fold
from .kinds import QuestionKind

SHIPPED = Path(__file__).parents[1] / "data" / "question_cues.txt"

STRENGTHS = {"decisive": 3.0, "clear": 2.0, "hint": 1.0}
"""What a cue adds to its kind's score, in log-odds."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a question that speak for a kind.

    Attributes:
        words: as they stand in the question.
        weight: one of `STRENGTHS`.
    """

    kind: QuestionKind
    words: str
    weight: float


_Compiled = tuple[QuestionKind, float, re.Pattern[str]]

_LONGEST = 1000
"""Characters of a question that are looked at: who pastes a page asks at its beginning."""

_FURTHER = 0.5
"""What a second cue for the same kind is worth, beside the first; the third half of that ..."""

_LOOSE = re.compile(r"[\s,;:]+(?:e|ed|o|and|or)$", re.IGNORECASE)
"""What joined a cue to the rest of a question, once the cue is gone."""


def cues(text: str) -> list[Cue]:
    """The cues in ``text``, kind by kind, the weightiest first; none overlaps one of its kind.

    A word that does not exist and is one slip away from a word of a cue is taken for that:
    "come sta cambaindo".
    """
    folded, places = _folded(text[:_LONGEST])
    found: list[Cue] = []
    taken: dict[QuestionKind, list[tuple[int, int]]] = {kind: [] for kind in QuestionKind}
    for kind, weight, pattern in _shipped():
        for match in pattern.finditer(folded):
            start, end = match.span()
            if all(end <= other[0] or other[1] <= start for other in taken[kind]):
                taken[kind].append((start, end))
                words = text[places[start] : places[end - 1] + 1]
                found.append(Cue(kind, words.strip(), weight))
    return found


def subject(text: str) -> str:
    """``text`` without the cues of several words, which say what is asked and not of what.

    "Chi ha già recuperato la lana, e con quali risultati?" is about "recuperato la lana". The whole
    text where a single word or nothing would remain.
    """
    left = text
    for cue in cues(text):
        if " " in cue.words:
            left = left.replace(cue.words, " ")
    left = _LOOSE.sub("", " ".join(left.split()).strip(" ,;:.?!"))
    return left if " " in left else text


def evidence(found: Sequence[Cue], kind: QuestionKind) -> float:
    """What the cues for ``kind`` say together: each further one half as much as it would alone."""
    weights = sorted((cue.weight for cue in found if cue.kind == kind), reverse=True)
    return sum(weight * _FURTHER**place for place, weight in enumerate(weights))


@lru_cache(maxsize=1)
def _shipped() -> tuple[_Compiled, ...]:
    """The cues of the data file, of each kind the decisive ones first."""
    sections = sections_of(SHIPPED.read_text(encoding="utf-8"))
    lists = {name: "|".join(map(_pattern, lines)) for name, lines in sections.items()}
    return tuple(_compiled(sections, lists))


def _compiled(sections: dict[str, list[str]], lists: dict[str, str]) -> Iterator[_Compiled]:
    for kind in QuestionKind:
        for strength, weight in STRENGTHS.items():
            for line in sections[f"{kind} {strength}"]:
                named = re.sub(r"<(\w+)>", lambda name: f"(?:{lists[name[1]]})", _pattern(line))
                yield kind, weight, re.compile(rf"(?<!\w)(?:{named})(?!\w)")


def _pattern(cue: str) -> str:
    """The regular expression of a cue, but for the lists in it."""
    words = cue.replace("_", r"\w+").replace(" ... ", r" (?:\w+ ){0,3}?")
    groups = re.sub(r"\((?!\?)", "(?:", words)
    return re.sub(r"(?<=[\w)])\*", r"\\w*", groups)


def _folded(text: str) -> tuple[str, list[int]]:
    """``text`` as cues are written, and for each of its characters the place in ``text``."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _APOSTROPHES.get(character) or fold(character)
        if character.isspace() or character in _MARKS:
            plain = " "
        if plain == " " and (not characters or characters[-1] == " "):
            continue
        characters += plain
        places += [place] * len(plain)
    return _without_slips("".join(characters), places)


def _without_slips(folded: str, places: list[int]) -> tuple[str, list[int]]:
    for match in reversed(list(WORD.finditer(folded))):
        start, end = match.span()
        meant = _meant(match.group())
        if meant != match.group():
            within = [places[min(start + i, end - 1)] for i in range(len(meant))]
            within[-1] = places[end - 1]
            folded = folded[:start] + meant + folded[end:]
            places = places[:start] + within + places[end:]
    return folded, places


@lru_cache(maxsize=10_000)
def _meant(word: str) -> str:
    """The word of a cue that ``word`` is a slip of; itself if it exists or is near none."""
    if len(word) < _LEAST_LETTERS or word in _TELLING:
        return word
    near = (cue for cue in _TELLING if cue[0] == word[0] and abs(len(cue) - len(word)) < 2)
    meant = next((cue for cue in near if OSA.distance(cue, word, score_cutoff=1) <= 1), word)
    return word if meant == word or is_word(word) else meant


_LEAST_LETTERS = 6
_TELLING_WORDS = """
cambiando cambiata cambiato cambiate cambiati cambiamento cambiamenti evoluzione evolvendo tendenza
tendenze andamento crescita crescendo aumentato aumentata aumentando diminuito emergenti emergendo
novita futuro ultimi sempre esempi esempio esperienza esperienze risultati risultato adottato
provato sperimentato realizzato azienda aziende imprese impresa partner rivolgermi rivolgersi
rivolgerci collaborare collaborazione collaborazioni fornitori fornitore universita laboratorio
laboratori centri cerchiamo cercando contatto lavorare occupa potrebbe aiutare differenza
significa definizione funziona obbligatorio calcola quando quanto quanti
changing changed evolved evolving growing trends examples example companies company already results
partner supplier suppliers university universities looking contact collaborate difference between
definition required mandatory
"""
_TELLING = frozenset(_TELLING_WORDS.split())
_APOSTROPHES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
_MARKS = frozenset(',;:?!.()[]«»“”"…')
