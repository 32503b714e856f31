"""The query language: quoted phrases, required and excluded words, filters written as fields.

::

    "passaporto digitale" -alimentare        the phrase word by word; not this word
    tessile +lana -"fibre vergini"           the word must be there; not this phrase
    gruppo:tracciabilita anno:2022-2024      one group, three years
    tipo:case-history gruppo:"open innovation" filati
    gruppo:tracciabilita,open-innovation     one of these groups
    lingua:en organizzazione:"Orange Fiber"  documents in English; passages that name it

What is not of this language is plain text, and so is the whole query where an operator is used
wrongly: the words are searched as they stand, and `Parsed.problem` says why. `read_query` makes
a `Query` of what is typed, for every door that lets one type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from .datatypes import MAX_CONDITIONS, Group, Kind, Problem, Query, without_format
from .errors import QueryError
from .keys import known_key, slug_of
from .years import NO_YEARS, read_years


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query, taken apart.

    Attributes:
        text: what is ranked by: the words without operators, those of phrases and required words
            included, excluded ones left out.
        phrases: each must stand in a passage, word by word.
        required: each of these words must be in a passage, in any of its forms.
        excluded: a passage that holds one of these words or phrases is left out.
        groups, kinds, first_year, last_year, languages, organisations: as in
            `search.datatypes.Query`.
        problem: why nothing of this was understood, None where all was; then ``text`` is the
            whole query.
        at: the words at fault.
    """

    text: str
    phrases: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    groups: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)
    first_year: int | None = None
    last_year: int | None = None
    languages: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)
    problem: Problem | None = None
    at: str = ""

    @property
    def has_fields(self) -> bool:
        """Whether a filter is written in the text."""
        years = self.first_year, self.last_year
        fields = self.groups, self.kinds, self.languages, self.organisations
        return any(fields) or years != NO_YEARS


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_FIELDS = {
    "gruppo": "group", "group": "group", "tipo": "kind", "kind": "kind", "anno": "year",
    "year": "year", "lingua": "language", "language": "language",
    "organizzazione": "organisation", "organisation": "organisation",
}  # fmt: skip
_LANGUAGES = {"italiano": "it", "italian": "it", "inglese": "en", "english": "en"}
_FIELD_WITH_VALUE = re.compile(
    rf'(?<!\S)(?:{"|".join(_FIELDS)}):\s*(?:"[^"]*"|[^\s"]+)', re.IGNORECASE
)
_FIELD_APART = re.compile(rf"(?<!\S)(?:{'|'.join(_FIELDS)}):\s+", re.IGNORECASE)
_TOKEN = re.compile(
    r"""(?P<sign>[+-]?)
        (?: (?P<field>[a-z]+):(?=\S) )?
        (?: "(?P<quoted>[^"]*)" | (?P<word>[^\s"]+) )""",
    re.VERBOSE | re.IGNORECASE,
)


class _WrongSyntaxError(Exception):
    def __init__(self, problem: Problem, at: str) -> None:
        super().__init__(problem, at)
        self.problem, self.at = problem, at


@dataclass(frozen=True, slots=True)
class Asked:
    """What a typed text asks for, and what of it could not be understood.

    Attributes:
        problem, at: as in `Parsed`, and in `search.datatypes.Results`.
        typed: the whole text; "" where nobody typed one.
        reread: reads another text with the same arguments; None where ``typed`` is searched as
            it stands, whatever its words.
    """

    query: Query
    problem: Problem | None = None
    at: str = ""
    typed: str = ""
    reread: Callable[[str], Asked] | None = field(default=None, compare=False, repr=False)

    def as_typed(self) -> Asked:
        """The same, of which no word is to be corrected."""
        return replace(self, reread=None)


def read_query(
    text: str,
    *,
    k: int = 10,
    groups: Collection[str] = (),
    kinds: Collection[str] = (),
    first_year: int | None = None,
    last_year: int | None = None,
    phrases: Sequence[str] = (),
    required: Sequence[str] = (),
    excluded: Sequence[str] = (),
    per_document: int | None = 3,
    languages: Collection[str] = (),
    organisations: Collection[str] = (),
) -> Asked:
    """The query that ``text`` asks for, in the language of this file.

    A field in the text takes the place of the argument of the same kind: the groups, the kinds,
    both ends of the years, the languages, the organisations. Phrases, required and
    excluded words are added to the arguments.

    Args:
        text: as typed.
        k, groups, kinds, first_year, last_year, phrases, required, excluded, per_document,
            languages, organisations: as in `Query`.

    Raises:
        QueryError: as for `Query`; a wrong syntax raises nothing, see `Asked.problem`.
    """
    parsed = parse(text)
    years = parsed.first_year, parsed.last_year
    if years == NO_YEARS:
        years = first_year, last_year
    query = Query(
        parsed.text,
        k=k,
        groups=parsed.groups or frozenset(groups),
        kinds=parsed.kinds or frozenset(kinds),
        first_year=years[0],
        last_year=years[1],
        phrases=(*phrases, *parsed.phrases),
        required=(*required, *parsed.required),
        excluded=(*excluded, *parsed.excluded),
        per_document=per_document,
        languages=parsed.languages or frozenset(languages),
        organisations=parsed.organisations or frozenset(organisations),
    )
    reread = partial(
        read_query,
        k=k,
        groups=groups,
        kinds=kinds,
        first_year=first_year,
        last_year=last_year,
        phrases=phrases,
        required=required,
        excluded=excluded,
        per_document=per_document,
        languages=languages,
        organisations=organisations,
    )
    return Asked(query, parsed.problem, parsed.at, text, reread)


def parse(text: str) -> Parsed:
    """Take a query apart; what cannot be understood is plain text, and `Parsed.problem` says why.

    An operator begins a word: the hyphens of "socio-economico", "2022-2024" and "Italia - Francia"
    are none. A field we do not know ("https:") is a word, and so is one that a blank parts from
    what it cannot mean ("il nostro gruppo: una storia").
    """
    try:
        return _parse(_FIELD_APART.sub(_joined, without_format(text).translate(_QUOTES)))
    except _WrongSyntaxError as wrong:
        return Parsed(text, problem=wrong.problem, at=wrong.at)


def split_fields(text: str) -> tuple[str, Parsed]:
    """``text`` without its fields, and what it means with them; as it is if it is not understood.

    For a page that shows filters of its own: what was typed becomes one of them.
    """
    parsed = parse(text)
    if parsed.problem:
        return text, parsed
    rest = _FIELD_WITH_VALUE.sub(" ", without_format(text).translate(_QUOTES))
    return (" ".join(rest.split()), parsed) if parsed.has_fields else (text, parsed)


def without_fields(text: str) -> str:
    """``text`` with blanks for its fields, so that all else stays in its place."""
    return _FIELD_WITH_VALUE.sub(lambda typed: " " * len(typed.group()), text)


def _joined(field_apart: re.Match[str]) -> str:
    """The field without the blank after it where its value follows: "anno: 2024"."""
    name = field_apart.group().strip()
    value = _TOKEN.match(field_apart.string, field_apart.end())
    try:
        _parse(f"a {name}{value.group() if value else ''}")
    except _WrongSyntaxError:
        return field_apart.group()
    return name if value else field_apart.group()


def _parse(text: str) -> Parsed:
    collected = _Collected()
    end = 0
    for token in _TOKEN.finditer(text):
        _check_quotes(text, end, token.start())
        collected.take(token, attached=end == token.start() > 0)
        end = token.end()
    _check_quotes(text, end, len(text))
    parsed = collected.parsed()
    conditions = (*parsed.phrases, *parsed.required, *parsed.excluded)
    if len(conditions) > MAX_CONDITIONS:
        raise _WrongSyntaxError(Problem.TOO_MANY, conditions[MAX_CONDITIONS])
    if not any(map(str.isalnum, parsed.text)):
        raise _WrongSyntaxError(Problem.NOTHING_TO_FIND, text.strip())
    return parsed


def _check_quotes(text: str, start: int, end: int) -> None:
    """Quotes that open and close are in tokens; one that is left over never closes."""
    opened = text.find('"', start, end)
    if opened >= 0:
        raise _WrongSyntaxError(Problem.OPEN_QUOTE, text[opened:].strip())


class _Collected:
    """The parts of a query so far."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._phrases: list[str] = []
        self._required: list[str] = []
        self._excluded: list[str] = []
        self._groups: set[str] = set()
        self._kinds: set[str] = set()
        self._languages: set[str] = set()
        self._organisations: set[str] = set()
        self._years: tuple[int | None, int | None] = NO_YEARS

    def take(self, token: re.Match[str], attached: bool) -> None:
        """Take in a token; ``attached``: nothing stands between it and the one before."""
        sign = "" if attached else token["sign"]
        name = _FIELDS.get((token["field"] or "").lower())
        quoted = token["quoted"]
        value = token["word"] if quoted is None else quoted
        if name and not attached:
            if sign:
                raise _WrongSyntaxError(Problem.SIGNED_FIELD, token.group())
            self._take_field(name, value if quoted is not None else value.split(","))
        elif not any(map(str.isalnum, value)):
            self._words.append(token.group())
        elif sign == "-":
            self._excluded.append(token.group()[1:] if quoted is None else value)
        elif quoted is not None:
            self._phrases.append(value)
            self._words.append(value)
        else:
            word = token.group()[len(sign) :]
            self._words.append(word)
            if sign == "+":
                self._required.append(word)

    def _take_field(self, name: str, value: str | list[str]) -> None:
        """Take in a field; a quoted value is one name, another one may be several keys."""
        if name == "group":
            self._groups |= _keys(value, Group, Problem.UNKNOWN_GROUP)
        elif name == "kind":
            self._kinds |= _keys(value, Kind, Problem.UNKNOWN_KIND)
        elif name == "language":
            self._languages |= _codes([value] if isinstance(value, str) else value)
        elif name == "organisation":
            self._organisations |= _names([value] if isinstance(value, str) else value)
        else:
            years = value if isinstance(value, str) else ",".join(value)
            if self._years != NO_YEARS:
                raise _WrongSyntaxError(Problem.SECOND_YEAR, years)
            self._years = _years(years)

    def parsed(self) -> Parsed:
        """All of them."""
        return Parsed(
            " ".join(self._words),
            phrases=tuple(self._phrases),
            required=tuple(self._required),
            excluded=tuple(self._excluded),
            groups=frozenset(self._groups),
            kinds=frozenset(self._kinds),
            first_year=self._years[0],
            last_year=self._years[1],
            languages=frozenset(self._languages),
            organisations=frozenset(self._organisations),
        )


def _codes(values: list[str]) -> set[str]:
    found = {value: _LANGUAGES.get(value.lower(), value.lower()) for value in values}
    for value, code in found.items():
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise _WrongSyntaxError(Problem.UNKNOWN_LANGUAGE, value)
    return set(found.values())


def _names(values: list[str]) -> set[str]:
    """Names with a letter or digit; a comma with nothing beside it names nobody."""
    return {value for value in values if any(map(str.isalnum, value))}


def _keys(value: str | list[str], keys: type[StrEnum], problem: Problem) -> set[str]:
    """Whole names in quotes may go on after the key; keys are written as they are."""
    if isinstance(value, str):
        found = {value: known_key(value, keys)}
    else:
        slugs = {one: slug_of(one) for one in value}
        found = {one: slug if slug in list(keys) else None for one, slug in slugs.items()}
    for one, key in found.items():
        if key is None:
            raise _WrongSyntaxError(problem, one)
    return {key for key in found.values() if key is not None}


def _years(value: str) -> tuple[int | None, int | None]:
    try:
        return read_years(value)
    except QueryError as error:
        raise _WrongSyntaxError(Problem.WRONG_YEAR, value) from error
