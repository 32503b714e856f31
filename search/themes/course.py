"""How a theme stands over the years: its shares, what to call the movement, and how sure that is.

Pure statistics over a table (theme x document) of passages. Everything is a share of what was
written, never a count: ten documents on a theme are a rise only if the others did not rise too.

**Shares.** A document gives a theme 0 where no passage names it, 1/2 for one passage, 1 for two or
more; a year's share is the mean over its documents. Beside it stands the share of passages.

**Windows.** Years with less than half the documents of a usual year are left out, and what remains
falls into an earlier and a recent half. The effect is the recent share less the earlier one.

**Call.** *dati insufficienti* below `LEAST_DOCUMENTS` documents; *stabile* where neither the share
of documents nor that of passages moves by `MOVED`; else *in crescita* or *in calo*, and *emergente*
where no earlier document names it. With `TESTABLE` documents or more in each half the movement must
also pass a test, its false discovery rate kept at `FALSE`; below that hardly any would pass,
whatever the truth, so the call follows the effect and its confidence says how little that is: of
themes that stay as they are nearly half are then called a movement of low confidence.

**Confidence.** p is that of the Cochran-Armitage test for trend in the form that takes grades
(Mantel's linear-by-linear association): how often years dealt out to the documents at random go as
closely together with what they give the theme. q is p corrected for the number of themes looked at
(Benjamini-Hochberg). *alta*: q <= 0.05; *media*: p <= 0.05. Kendall's tau of the yearly shares says
how steady the movement is; of six years alone hardly any could be significant.

What it finds, and what it takes for a movement, `python -m bench.trends_synthetic` measures.

References:
    N. Mantel, Chi-Square Tests with One Degree of Freedom (1963); P. Armitage, Tests for Linear
    Trends in Proportions and Frequencies (1955); Y. Benjamini, Y. Hochberg, Controlling the False
    Discovery Rate (1995); H. Mann, Nonparametric Tests Against Trend (1945) and M. Kendall, Rank
    Correlation Methods (1948), for tau.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .yearly import ByYear, Counts, Effects, YearShare, kendall_tau, year_shares

LEAST_DOCUMENTS = 4
MOVED = 0.1
"""Of a share: ten of a hundred documents more, or fewer."""
TESTABLE = 12
"""Documents in each half from which on a movement has to pass a test."""
FALSE = 0.1
"""Of the movements called, so many may be none."""
LEVEL = 0.05
THIN = 0.5
"""Years with less than this share of a usual year's documents say little."""


class Call(StrEnum):
    """What a course is called; the value is what a member reads."""

    EMERGENTE = "emergente"
    IN_CRESCITA = "in crescita"
    STABILE = "stabile"
    IN_CALO = "in calo"
    DATI_INSUFFICIENTI = "dati insufficienti"


class Confidence(StrEnum):
    """How sure a call is; the value is what a member reads."""

    ALTA = "alta"
    MEDIA = "media"
    BASSA = "bassa"


@dataclass(frozen=True, slots=True)
class Halves:
    """The years that are compared.

    Attributes:
        years: ascending, without those that are too thin.
        recent: the first year of the recent half.
    """

    years: tuple[int, ...]
    recent: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a theme stands over the years, and what that is called.

    Attributes:
        by: "documents" or "passages": the share that `effect` is of.
        before, recent: that share in the earlier and in the recent half.
        effect: ``recent - before``.
        p: of the test for trend; 1 where there is nothing to compare.
        q: p corrected for all themes of the table.
        tau: Kendall's tau-b of the yearly shares, in [-1, 1]: how steady the movement is.
        documents: how many of the compared years name it.
        years: one for each year, the thin ones too, ascending.
    """

    call: Call
    confidence: Confidence
    by: str
    before: float
    recent: float
    effect: float
    p: float
    q: float
    tau: float
    documents: int
    years: tuple[YearShare, ...]

    @property
    def is_unsure(self) -> bool:
        """Whether the share moved, though not more than it might by chance."""
        return self.call is Call.STABILE and abs(self.effect) >= MOVED

    @property
    def is_still(self) -> bool:
        """Whether there is no movement that one could be sure of."""
        return self.call is Call.STABILE and not self.is_unsure


def halves(documents: Mapping[int, int]) -> Halves | None:
    """The years to compare, from how many documents each has; None where there are not two.

    A usual year is that of the median document. The halves are as even in documents as they can be,
    of two splits equally even the later.
    """
    years = sorted(year for year, count in documents.items() if count)
    if not years:
        return None
    usual = float(
        np.median(np.repeat([documents[y] for y in years], [documents[y] for y in years]))
    )
    kept = [year for year in years if documents[year] >= THIN * usual]
    if len(kept) < 2:
        return None
    total = sum(documents[year] for year in kept)
    uneven = {
        year: abs(total - 2 * sum(documents[y] for y in kept if y < year)) for year in kept[1:]
    }
    recent = min(uneven, key=lambda year: (uneven[year], -year))
    return Halves(tuple(kept), recent)


def courses(
    named: Counts, sizes: Counts, years: Counts, compared: Halves | None = None
) -> list[Course]:
    """The course of each theme.

    Args:
        named: ``int64[t, d]``, passages of each document that name each theme.
        sizes: ``int64[d]``, passages of each document.
        years: ``int64[d]``, the year of each document.
        compared: the years to compare; None takes those of these documents (`halves`).
    """
    counts = ByYear.of(named, sizes, years)
    if compared is None:
        compared = halves(dict(zip(counts.years, counts.documents.tolist(), strict=True)))
    table = year_shares(counts)
    within = np.isin(counts.years, compared.years if compared else ())
    recent = within & (np.array(counts.years) >= (compared.recent if compared else 0))
    before = within & ~recent
    if compared is None or not counts.documents[recent].sum() or not counts.documents[before].sum():
        return [
            _nothing(held, of)
            for held, of in zip(counts.held.sum(axis=1).tolist(), table, strict=True)
        ]
    own = np.isin(years, compared.years)
    documents = Effects.of_means(counts, before, recent)
    passages = Effects.of_ratios(counts, named[:, own], sizes[own], before, recent)
    by_passages = (np.abs(documents.effect) < MOVED) & (np.abs(passages.effect) >= MOVED)
    p = np.where(by_passages, passages.p, documents.p)
    from scipy import stats  # noqa: PLC0415 - takes most of a second to import

    q = stats.false_discovery_control(p) if len(p) else p
    count, earlier = counts.held[:, within].sum(axis=1), counts.held[:, before].sum(axis=1)
    least = min(int(counts.documents[half].sum()) for half in (before, recent))
    tau = kendall_tau(counts.shares[:, within])
    return [
        Course(
            call=_call(
                int(count[theme]),
                float(used.effect[theme]),
                float(q[theme]),
                is_new=earlier[theme] == 0,
                is_testable=least >= TESTABLE,
            ),
            confidence=_confidence(float(p[theme]), float(q[theme])),
            by="passages" if by_passages[theme] else "documents",
            before=float(used.before[theme]),
            recent=float(used.recent[theme]),
            effect=float(used.effect[theme]),
            p=float(p[theme]),
            q=float(q[theme]),
            tau=float(tau[theme]),
            documents=int(count[theme]),
            years=table[theme],
        )
        for theme in range(len(named))
        for used in [passages if by_passages[theme] else documents]
    ]


def _call(count: int, effect: float, q: float, *, is_new: bool, is_testable: bool) -> Call:
    if count < LEAST_DOCUMENTS:
        return Call.DATI_INSUFFICIENTI
    if abs(effect) < MOVED or (is_testable and q > FALSE):
        return Call.STABILE
    if effect < 0:
        return Call.IN_CALO
    return Call.EMERGENTE if is_new else Call.IN_CRESCITA


def _confidence(p: float, q: float) -> Confidence:
    if q <= LEVEL:
        return Confidence.ALTA
    return Confidence.MEDIA if p <= LEVEL else Confidence.BASSA


def _nothing(documents: int, years: tuple[YearShare, ...]) -> Course:
    share = float(np.mean([one.share for one in years])) if years else 0.0
    call, low = Call.DATI_INSUFFICIENTI, Confidence.BASSA
    return Course(call, low, "documents", share, share, 0.0, 1.0, 1.0, 0.0, documents, years)
