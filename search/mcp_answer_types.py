"""What the tools of `mcp_answer_tools` answer, described: fewer values than other doors give.

An assistant reads all of it, so a course is told without its years, and a case names its document
once.
"""

from __future__ import annotations

from typing_extensions import TypedDict


class Cited(TypedDict):
    """A sentence to quote, and where it stands: cite title and page."""

    title: str
    page: int
    sentence: str
    passage_id: str
    path: str
    year: int | None


class CourseSaid(TypedDict):
    """How something stands: ``before`` and ``recent`` are shares of ``by`` in two halves."""

    call: str
    confidence: str
    by: str
    before: float
    recent: float
    documents: int


class ThemeSaid(TypedDict):
    """A theme, its course over all and in each group, and sentences that show it."""

    theme: str
    course: CourseSaid
    by_group: dict[str, str]
    evidence: list[Cited]


class Years(TypedDict):
    """The years compared: those before ``recent`` with those from it on."""

    years: list[int]
    recent: int


class GroupSaid(TypedDict):
    """What changes in one group."""

    group: str
    documents: int
    rising: list[ThemeSaid]
    falling: list[ThemeSaid]
    steady: list[ThemeSaid]


class TrendsFound(TypedDict):
    """What changes: ``subject`` and ``themes`` for a question, ``groups`` without one."""

    compared: Years | None
    subject: CourseSaid | None
    by_group: dict[str, str]
    themes: list[ThemeSaid]
    groups: list[GroupSaid]


class FieldSaid(TypedDict):
    """A field of a case; without a sentence where an admin said it."""

    value: str
    page: int | None
    sentence: str | None
    passage_id: str | None


class ResultSaid(FieldSaid):
    """A result: ``number`` in ``unit`` where one is stated, ``value`` as written."""

    number: float | None
    unit: str


class CaseSaid(TypedDict):
    """A case history; what its document does not say is null or empty."""

    case_id: str
    title: str
    path: str
    organisation: FieldSaid | None
    sector: FieldSaid | None
    place: FieldSaid | None
    year: FieldSaid | None
    groups: list[FieldSaid]
    challenge: list[FieldSaid]
    solution: list[FieldSaid]
    technologies: list[FieldSaid]
    results: list[ResultSaid]
    partners: list[FieldSaid]


class CasesFound(TypedDict):
    """Case histories, best first; ``total`` pass the filters."""

    total: int
    cases: list[CaseSaid]


class OrganisationSaid(TypedDict):
    """An organisation: what it has to do with the subject, and sentences that show it.

    ``role`` is null where none was asked for.
    """

    organisation: str
    kind: str
    role: str | None
    groups: list[str]
    since: int | None
    documents: int
    evidence: list[Cited]


class PairSaid(TypedDict):
    """Two organisations that could work together: the themes they share, and what shows it."""

    first: str
    first_group: str
    second: str
    second_group: str
    themes: list[str]
    evidence: list[Cited]


class Together(TypedDict):
    """Two organisations that documents name together, and the first of those by their titles."""

    first: str
    second: str
    documents: int
    titles: list[str]


class PartnersFound(TypedDict):
    """Who works on it, who is named together, and who of two groups could work together."""

    subject: str | None
    organisations: list[OrganisationSaid]
    together: list[Together]
    potential: list[PairSaid]


class Asked(TypedDict):
    """How a question was read, and the answer; null for what it does not ask.

    ``sure``: whether some passage answers. Where it is false say that no document does.
    """

    read_as: list[str]
    sure: bool | None
    sentences: list[Cited]
    trends: TrendsFound | None
    cases: CasesFound | None
    partners: PartnersFound | None
