"""The words by which cases are told: read once from data/cases.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ..words import WORD, fold

_FILE = Path(__file__).parent.parent / "data" / "cases.toml"


class Role(StrEnum):
    """What a section or a sentence is about."""

    ORGANISATION = "organisation"
    SECTOR = "sector"
    PLACE = "place"
    YEAR = "year"
    CHALLENGE = "challenge"
    SOLUTION = "solution"
    TECHNOLOGY = "technology"
    RESULT = "result"
    PARTNER = "partner"
    COMPARISON = "comparison"
    LIMIT = "limit"
    LESSON = "lesson"
    QUESTION = "question"
    SOURCE = "source"


_ASKED = {
    "come": Role.SOLUTION, "how": Role.SOLUTION,
    "quale azienda": Role.ORGANISATION, "che azienda": Role.ORGANISATION,
    "chi ha": Role.PARTNER, "chi hanno": Role.PARTNER, "chi": Role.ORGANISATION,
    "who": Role.ORGANISATION, "why": Role.CHALLENGE, "perche": Role.CHALLENGE,
    "quanto": Role.RESULT,
    "quanti": Role.RESULT, "quante": Role.RESULT, "how much": Role.RESULT,
}  # fmt: skip
"""What a heading asks for that begins with one of these words and holds no phrase."""
BESIDE = frozenset({Role.COMPARISON, Role.LIMIT, Role.LESSON, Role.QUESTION, Role.SOURCE})
"""What is told beside the case and is not the case."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """For each role, how it is told; the data file explains each part.

    Attributes:
        headings, questions, labels, columns: a role for each phrase, folded; ``questions`` are for
            headings that ask: "chi ha posto la domanda?" does not list questions.
        cues: for each role, a pattern that finds any of its cues in folded text.
        prototypes: role and sentence.
        terms: finds names of technologies in a text as written.
        devices: finds machines, instruments and processes with the words that go with them.
    """

    headings: dict[str, Role]
    questions: dict[str, Role]
    labels: dict[str, Role]
    columns: dict[str, Role]
    cues: dict[Role, re.Pattern[str]]
    prototypes: tuple[tuple[Role, str], ...]
    terms: re.Pattern[str]
    devices: re.Pattern[str]

    def role_of_heading(self, heading: str) -> Role | None:
        """The role of the earliest phrase in ``heading``, of several there the longest."""
        words, asks = plain(heading), heading.rstrip().endswith("?")
        phrases = self.questions if asks else self.headings
        found = [
            (words.find(f" {phrase} "), -len(phrase), role)
            for phrase, role in phrases.items()
            if f" {phrase} " in words
        ]
        if found:
            return min(found)[2]
        if asks or words.strip() in _ASKED:
            asked = (role for word, role in _ASKED.items() if words.startswith(f" {word} "))
            return next(asked, None)
        return None

    def role_of_label(self, label: str) -> Role | None:
        """The role that a label of a fact box gives to what follows it: all of its words count."""
        words = plain(label).strip()
        if words in self.labels:
            return self.labels[words]
        head = words.split(" ")
        for length in (3, 2, 1):  # "risultati dichiarati dall'azienda", "partner di progetto"
            start = " ".join(head[:length])
            if len(head) > length and start in self.labels and len(head) <= length + 3:
                return self.labels[start]
        return None

    def role_of_column(self, header: str) -> Role | None:
        """The role that the header of a column gives to its cells."""
        words = plain(header).strip()
        if words in self.columns:
            return self.columns[words]
        return self.role_of_label(header) or self.role_of_heading(header)

    def unmarked_label(self, line: str) -> tuple[str, str]:
        """Label and rest of a line of a table without its bars: "Risultati Vendite raddoppiate".

        The label is one of `labels`, what follows begins with a capital or a digit; ("", the line)
        where it is not so.
        """
        words = line.split(" ")
        for length in (4, 3, 2, 1):
            label, rest = " ".join(words[:length]), " ".join(words[length:])
            if (
                rest
                and (rest[0].isupper() or rest[0].isdigit())
                and plain(label).strip() in self.labels
            ):
                return label, rest
        return "", line

    def cue_count(self, role: Role, sentence: str) -> int:
        """How many different cues of ``role`` a sentence holds."""
        return self.cues_in(role, plain(sentence))

    def cues_in(self, role: Role, text: str) -> int:
        """The same, of a text that `plain` has made."""
        pattern = self.cues.get(role)
        return len(set(pattern.findall(text))) if pattern else 0


def plain(text: str) -> str:
    """Folded words with one blank between them, and one at each end."""
    return _plain_again(text) if len(text) <= _LONGEST_KEPT else _plain(text)


def _plain(text: str) -> str:
    return f" {' '.join(WORD.findall(fold(text)))} "


_plain_again = lru_cache(maxsize=4096)(_plain)
"""Each sentence of a document is asked for by every field."""
_LONGEST_KEPT = 1000


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that is shipped."""
    loaded = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    loaded = {role: said for role, said in loaded.items() if role in set(Role)}
    headings = _phrases(loaded, "headings")
    asked = {phrase: role for phrase, role in headings.items() if role != Role.QUESTION}
    return Vocabulary(
        headings=headings,
        questions=asked | _phrases(loaded, "questions"),
        labels=_phrases(loaded, "labels"),
        columns=_phrases(loaded, "columns"),
        cues={Role(role): _any_of(said["cues"]) for role, said in loaded.items() if "cues" in said},
        prototypes=tuple(
            (Role(role), sentence)
            for role, said in loaded.items()
            for sentence in said.get("prototypes", ())
        ),
        terms=_written(loaded[Role.TECHNOLOGY]["terms"]),
        devices=_with_more(loaded[Role.TECHNOLOGY]["devices"]),
    )


def _phrases(loaded: dict[str, dict[str, list[str]]], part: str) -> dict[str, Role]:
    return {
        plain(phrase).strip(): Role(role)
        for role, said in loaded.items()
        for phrase in said.get(part, ())
    }


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted({plain(phrase).strip() for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, ordered))})(?= )")


def _written(terms: Iterable[str]) -> re.Pattern[str]:
    """Finds terms as they are written; acronyms with their capitals only."""
    ordered = sorted(terms, key=len, reverse=True)
    forms = (term if term.isupper() else f"(?i:{re.escape(term)})" for term in ordered)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


_MORE = (
    r"(?:\s(?:(?:a|ad|al|alla|di|d[’']|in|con|per|da)\s)?"
    r"(?!(?:che|e|è|ha|hanno|il|la|lo|le|gli|un|una|and|is|was|si|con|per|da|di|a|in)\b)[\w’'-]+)"
)


def _with_more(nouns: Iterable[str]) -> re.Pattern[str]:
    """Finds nouns, each with up to three words that go with it: "forno a induzione"."""
    ordered = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ordered})(?!\w){_MORE}{{0,3}}", re.IGNORECASE)
