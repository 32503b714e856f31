"""The nouns of the knowledge base, from a page of a PDF to a hit in a ranking.

Way in: Document of Pages -> Passages of Sentences. Way out: Query -> Hits -> Results.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from .errors import QueryError

MAX_QUERY_CHARACTERS = 10_000
DEFAULT_THRESHOLD = 0.5
"""Below this probability of an answer the doors say that no document answers for sure."""

MAX_CONDITIONS = 32
"""Phrases, required and excluded words of one query, all together."""


class Group(StrEnum):
    """A working group; the value is its key in folders, files and addresses."""

    OPEN_INNOVATION = "open-innovation"
    ECONOMIA_CIRCOLARE = "economia-circolare"
    NUOVI_MODELLI_DI_BUSINESS = "nuovi-modelli-di-business"
    TRACCIABILITA = "tracciabilita"


class Kind(StrEnum):
    """What sort of document it is; the value is its key in folders, files and addresses."""

    RELAZIONE_INTRODUTTIVA = "relazione-introduttiva"
    DOCUMENTO_DI_OUTPUT = "documento-di-output"
    CASE_HISTORY = "case-history"
    QUADERNO = "quaderno"
    POSITION_PAPER = "position-paper"
    WORKSHOP = "workshop"
    ALTRO = "altro"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (included) to ``end`` (excluded) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is read: clean text and, for paged formats, where it stands.

    Paragraphs are separated by a blank line; lines inside a paragraph are joined.

    Attributes:
        number: position in the file, from 1.
        text: clean text, NFC.
        label: the number printed on the page, when the file gives one ("iv"); else "".
        width, height: size in PDF points (1/72 inch); 0 for formats without pages.
        boxes: empty, or 8 bytes for each character of ``text``: left, top, right, bottom as
            little-endian uint16, in 1/65535 of width and height, from the top left corner.
            A character without a place of its own (a joining space) has four zeros.
    """

    number: int
    text: str
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    boxes: bytes = b""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and where it stands.

    Attributes:
        level: 1 for the outermost.
        title: its text, on one line.
        page: number of its page, from 1.
        start: offset of its first character in that page's text.
    """

    level: int
    title: str
    page: int
    start: int


PAGE_SEPARATOR = "\n\n"
"""Stands between two pages in a document's text, and so ends a paragraph."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader finds in a file: its pages and its headings, in reading order."""

    pages: tuple[Page, ...]
    headings: tuple[Heading, ...] = ()

    @property
    def text(self) -> str:
        """The pages' text in one string, `PAGE_SEPARATOR` between two pages."""
        return PAGE_SEPARATOR.join(page.text for page in self.pages)

    def page_starts(self) -> list[int]:
        """Offset in `text` of the first character of each page."""
        lengths = (len(page.text) + len(PAGE_SEPARATOR) for page in self.pages[:-1])
        return list(accumulate(lengths, initial=0))


@dataclass(frozen=True, slots=True)
class CaseCorrection:
    """What an admin says of a case history that a document tells, over what is read of it.

    None leaves a field as it is read; "" or an empty tuple says that the document has none.

    Attributes:
        tells: False: the document tells no case.
        organisation: whose case it is; in a document with several it says which one is meant.
        groups: keys of working groups.
        results: each as it would be written, with its figure.
    """

    tells: bool = True
    organisation: str | None = None
    sector: str | None = None
    place: str | None = None
    year: int | None = None
    groups: tuple[str, ...] | None = None
    challenge: str | None = None
    solution: str | None = None
    technologies: tuple[str, ...] | None = None
    results: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report, case history, booklet ...: what is known of it beside its `Content`.

    Attributes:
        id: stable identity, from the document's path in the corpus.
        path: path in the corpus, with forward slashes.
        sha256: of the file's bytes, in hexadecimal.
        source_key: digest of all that the document was made from; equal key, equal document.
        media_type: "application/pdf", "text/markdown", "text/plain" ...
        group: key of the working group (see `Group`), or "" where nothing says.
        kind: key of the kind (see `Kind`).
        year: the year it speaks of, or None where nothing says.
        language: ISO 639-1 code, "it" unless the file says otherwise.
        page_count: how many pages its content has.
        author: who wrote it, as written; several separated by "; "; "" where nothing says.
        locations: the other paths where the same bytes lie, in alphabetical order.
        corrections: of the case histories it tells, from its sidecar.
    """

    id: str
    path: str
    sha256: str
    source_key: str
    media_type: str
    title: str
    group: str
    kind: str
    year: int | None
    language: str
    page_count: int
    author: str = ""
    locations: tuple[str, ...] = ()
    corrections: tuple[CaseCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class OlderVersion:
    """That a document says, in an older version, what another says.

    Attributes:
        older, newer: ids of the two documents.
        shared: their resemblance in (0, 1], 1 for the same words.
    """

    older: str
    newer: str
    shared: float


@dataclass(frozen=True, slots=True)
class Versions:
    """Which documents are versions of one another, and what that was told by.

    Attributes:
        older: at most one for each document, so that following them always ends.
        signatures: by document id, what the document is compared by; kept for the next run, of
            no meaning to search.
    """

    older: tuple[OlderVersion, ...] = ()
    signatures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is not in the index, and why. Remembered so that it is not tried again.

    Attributes:
        path, source_key: as in `Document`.
    """

    path: str
    source_key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document, short enough to be encoded whole.

    Attributes:
        id: stable identity: does not change when other documents do.
        heading_path: the headings it stands under, outermost first.
        first_page, last_page: numbers of the pages it covers, from 1.
        span: where it stands in `Content.text`.
        text: exactly those characters.
        sentences: spans in ``text``, in order, without overlap.
    """

    id: str
    document_id: str
    heading_path: tuple[str, ...]
    first_page: int
    last_page: int
    span: Span
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and what to search in.

    What a phrase is and when a passage holds a word, `search.word_filter` says. The language in
    which all of it is typed into one line, `search.syntax` reads; ``text`` is never parsed.

    Attributes:
        text: the question as typed, without format and control characters, NFC.
        k: how many hits at most.
        groups, kinds: keys to keep; empty keeps all.
        languages: ISO 639-1 codes of documents to keep ("it"); empty keeps all.
        organisations: names, in any of their variants; only passages that name one of them, or
            stand under a title or heading that does, are kept. Empty keeps all.
        first_year, last_year: years to keep, both included; None leaves that side open.
        phrases: each must stand in a passage, word by word.
        required: each of these words must be in a passage, in any of its forms.
        excluded: a passage that holds one of these words or phrases is left out.
        per_document: so many hits of one document come in the ranking's order, the others after
            those of all other documents; 0 or None sets no limit.

    Raises:
        QueryError: there is no letter and no digit in ``text`` or in a phrase or word, one of
            them is longer than `MAX_QUERY_CHARACTERS`, there are more than `MAX_CONDITIONS`,
            ``k`` is below 1 or ``per_document`` below 0, a group or kind is not one we know, a
            language is no code, or the years are the wrong way round.
    """

    text: str
    k: int = 10
    groups: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)
    first_year: int | None = None
    last_year: int | None = None
    phrases: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    per_document: int | None = 3
    languages: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _readable("the query", self.text))
        if self.k < 1:
            raise QueryError(f"k is {self.k}: ask for at least one hit")
        if (self.per_document or 0) < 0:
            raise QueryError(f"per_document is {self.per_document}: 0 sets no limit")
        for name in ("groups", "kinds", "languages", "organisations"):
            value = getattr(self, name)
            object.__setattr__(self, name, frozenset([value] if isinstance(value, str) else value))
        _check_known("group", self.groups, Group)
        _check_known("kind", self.kinds, Kind)
        for code in self.languages:
            if not _LANGUAGE_CODE.fullmatch(code):
                raise QueryError(f"{code!r} is no language: write a code, such as it or en")
        for organisation in self.organisations:
            _readable("the name of an organisation", organisation)
        first, last = self.first_year, self.last_year
        if first is not None and last is not None and first > last:
            raise QueryError(f"the years {first}-{last} are the wrong way round")
        for name, one in _CONDITIONS.items():
            value = getattr(self, name)
            values = [value] if isinstance(value, str) else value
            object.__setattr__(self, name, tuple(_readable(one, item) for item in values))
        if (conditions := sum(len(getattr(self, name)) for name in _CONDITIONS)) > MAX_CONDITIONS:
            raise QueryError(
                f"the query has {conditions} phrases, required and excluded words, "
                f"at most {MAX_CONDITIONS} are looked for: leave some out"
            )

    @property
    def has_word_conditions(self) -> bool:
        """Whether a phrase, a required or an excluded word narrows the search."""
        return bool(self.phrases or self.required or self.excluded)


_LANGUAGE_CODE = re.compile("[a-z]{2}")
_CONDITIONS = {"phrases": "a phrase", "required": "a required word", "excluded": "an excluded word"}


def without_format(text: str) -> str:
    """``text`` without format characters (soft hyphen, zero-width space), which part no words."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _readable(what: str, text: str) -> str:
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            f"{what} has {len(text)} characters, "
            f"at most {MAX_QUERY_CHARACTERS} are searched: shorten it"
        )
    visible = without_format(text)
    readable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in visible)
    clean = " ".join(unicodedata.normalize("NFC", readable).split())
    if not any(c.isalnum() for c in clean):
        raise QueryError(f"{what} has no letter and no digit: type at least one word")
    return clean


def _check_known(name: str, values: frozenset[str], known: type[StrEnum]) -> None:
    unknown = sorted(values - {str(member) for member in known})
    if unknown:
        choices = ", ".join(known)
        raise QueryError(f"no {name} is called {unknown[0]!r}: the {name}s are {choices}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage one retriever proposes: its row in the snapshot, and a score (higher is better)."""

    row: int
    score: float


class Problem(StrEnum):
    """Why a typed query was searched as plain text (see `search.syntax`)."""

    OPEN_QUOTE = "open-quote"
    UNKNOWN_GROUP = "unknown-group"
    UNKNOWN_KIND = "unknown-kind"
    WRONG_YEAR = "wrong-year"
    UNKNOWN_LANGUAGE = "unknown-language"
    SECOND_YEAR = "second-year"
    SIGNED_FIELD = "signed-field"
    TOO_MANY = "too-many-conditions"
    NOTHING_TO_FIND = "nothing-to-find"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a typed query that were changed.

    Attributes:
        written: as they stood.
        instead: as they are offered.
        at: where ``instead`` stands in the corrected text.
    """

    written: str
    instead: str
    at: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """What was probably meant (see `search.spelling`).

    Attributes:
        text: the whole query with its changes; all else as it was typed.
        changes: in order.
        applied: whether it is searched at once, and said so: no word of the query is known, and
            each has a correction that begins with the same letter. Else it is offered only.
        typed: the whole query as it was typed.
    """

    text: str
    changes: tuple[Change, ...]
    applied: bool
    typed: str


class Why(StrEnum):
    """Why a passage is folded under a hit."""

    OLDER_VERSION = "older-version"
    SAME_TEXT = "same-text"


@dataclass(frozen=True, slots=True)
class Other:
    """A passage that is folded under a hit: its text says there the same.

    Attributes:
        page: number of the page on which the passage starts.
        why: it stands in an older version of the hit's document (`search.indexing.SAID_AGAIN`),
            or it is nearly the same text anywhere (`search.listing.SAME_WORDS`).
    """

    document: Document
    passage_id: str
    page: int
    why: Why


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in a ranking, with what is needed to show it and to open its source.

    Attributes:
        rank: from 1.
        score: in [0, 1], higher is better; comparable only within one result list.
        sentence: the best sentence, as a span of ``passage.text``.
        page: number of the page on which that sentence starts.
        others: what is folded under it and so is no hit of its own.
        newest: the newest version of the document where this is an older one, which says
            something that the newest does not (or that the filters leave out); else None.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    sentence: Span
    page: int
    others: tuple[Other, ...] = ()
    newest: Document | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query: its hits, best first, and the snapshot they come from.

    Attributes:
        problem: why the typed text was searched as plain text; None where all of it was
            understood, and where there was nothing to understand (a `Query` is never parsed).
        at: the words at fault.
        suggestion: what was probably meant by the typed text. Where it is ``applied``, ``query``
            is the corrected one; else it is only offered.
        probability: that the corpus, within the filters, answers the query (see
            `search.abstention`), in [0, 1]; None with another model than the embedded one, for
            which it is not calibrated.
    """

    query: Query
    hits: tuple[Hit, ...]
    snapshot_id: str
    problem: Problem | None = None
    at: str = ""
    suggestion: Correction | None = None
    probability: float | None = None

    @property
    def is_sure(self) -> bool | None:
        """Whether the probability reaches `DEFAULT_THRESHOLD`; None where there is none."""
        return None if self.probability is None else self.probability >= DEFAULT_THRESHOLD
