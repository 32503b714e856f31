"""Names in the statements of a document: organisations, products, whatever is written as one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..dictionaries import is_word
from ..organisations import OrganisationKind
from ..organisations.folding import bare
from ..organisations.gazetteer import is_first_name, is_place
from ..organisations.names import candidates
from ..words import FUNCTION_WORDS, WORD, fold

_REACH = 160
"""Characters before a name and after it that are looked at."""
_NO_NAME = frozenset(("group", "gruppo", "holding", "progetto", "azienda"))
_ACTS = re.compile(
    r"\s(?:è|era|ha|nasce|produce|vende|offre|propone|opera|costruisce|lavora|is|was|has|makes|sells)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a statement.

    Attributes:
        key: what its spellings share.
        start, end: its place in the statement's text.
        kind: of the organisation of the corpus (`search.organisations`) that it is; None of any
            other.
    """

    key: str
    text: str
    start: int
    end: int
    kind: OrganisationKind | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is an organisation of the corpus."""
        return self.kind is not None

    def before(self, text: str) -> str:
        """What stands right before it in the statement's ``text``, as far as is looked at."""
        return text[max(0, self.start - _REACH) : self.start]

    def after(self, text: str) -> str:
        """What stands right after it in the statement's ``text``, as far as is looked at."""
        return text[self.end : self.end + _REACH]


def key_of(name: str) -> str:
    """The words of a name, folded, without its legal form and without "Group"."""
    words = WORD.findall(fold(bare(name)))
    return " ".join([word for word in words if word not in _NO_NAME] or words)


def names_in(
    text: str,
    known: Iterable[tuple[int, int, str, OrganisationKind]] = (),
    *,
    title: bool = False,
    likely: Collection[str] = (),
) -> tuple[Name, ...]:
    """The names in a text: known organisations, and what else is written as a name.

    Args:
        known: start, end, name and kind of the known organisations in it.
        title: whether ``text`` is a title, all of which may be a name.
        likely: folded words that are a name though the dictionary has them, where one opens a
            sentence without an article and acts: those of the document's title and file.
    """
    found = [Name(key_of(name), name, start, end, kind) for start, end, name, kind in known]
    for candidate in candidates(text):
        if any(name.start < candidate.end and candidate.start < name.end for name in found):
            continue
        words = WORD.findall(candidate.text)
        if not words or is_place(candidate.text) or is_first_name(words[0]):
            continue
        if all(fold(word) in FUNCTION_WORDS or len(word) < 2 for word in words) and "&" not in (
            candidate.text
        ):
            continue
        if candidate.begins and not title and not candidate.legal and _is_common(words):
            acts = fold(words[0]) in likely and _ACTS.match(text[candidate.end :])
            if not acts:
                continue
        key = key_of(candidate.text)
        if key:
            found.append(Name(key, candidate.text, candidate.start, candidate.end))
    return tuple(sorted(found, key=lambda name: name.start))


def _is_common(words: Sequence[str]) -> bool:
    """Whether a word at the start of a sentence may have its capital only from there."""
    return len(words) == 1 and is_word(words[0].lower())


def same_organisation(one: str, other: str) -> bool:
    """Whether the words of one name begin, or are all among, those of the other."""
    first, second = key_of(one).split(), key_of(other).split()
    return bool(first and second) and (set(first) <= set(second) or set(second) <= set(first))
