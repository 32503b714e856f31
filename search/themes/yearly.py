"""Themes by years: sums, shares, differences between halves, and how likely chance gives them.

The arithmetic under `course`. A theme stands in few documents, so all of it is sums over those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class YearShare:
    """A theme in one year.

    Attributes:
        documents: how many of that year name it.
        of_documents: how many there are.
        share: of the documents, one passage counting half.
        passages, of_passages: likewise.
    """

    year: int
    documents: int
    of_documents: int
    share: float
    passages: int
    of_passages: int

    @property
    def passage_share(self) -> float:
        """Of the year's passages, those that name the theme."""
        return self.passages / self.of_passages if self.of_passages else 0.0


@dataclass(frozen=True, slots=True)
class ByYear:
    """Themes by years.

    Attributes:
        years: ascending.
        documents, passages: ``int64[y]``, how many there are.
        held, said: ``int64[t, y]``, documents and passages that name the theme.
        given, squares: ``float64[t, y]``, sums of what documents give the theme (0, 1/2 or 1), and
            of its squares.
    """

    years: tuple[int, ...]
    documents: Counts
    passages: Counts
    held: Counts
    said: Counts
    given: Shares
    squares: Shares

    @classmethod
    def of(cls, named: Counts, sizes: Counts, years: Counts) -> ByYear:
        """From passages by theme and document; arguments as in `search.themes.course.courses`."""
        seen, year = np.unique(years, return_inverse=True)
        theme, document = np.nonzero(named)
        said = named[theme, document]
        given = np.minimum(said, 2) / 2
        shape = len(named), len(seen)
        cell = theme * len(seen) + year[document]

        def summed(values: NDArray[Any]) -> Shares:
            sums = np.bincount(cell, values, shape[0] * shape[1]).astype(np.float64)
            return sums.reshape(shape)

        return cls(
            years=tuple(seen.tolist()),
            documents=np.bincount(year, minlength=len(seen)),
            passages=np.bincount(year, sizes, len(seen)).astype(np.int64),
            held=summed(np.ones(len(said))).astype(np.int64),
            said=summed(said).astype(np.int64),
            given=summed(given),
            squares=summed(given**2),
        )

    @property
    def shares(self) -> Shares:
        """``float64[t, y]``, of the documents of each year."""
        return self.given / np.maximum(self.documents, 1)


def year_shares(counts: ByYear) -> list[tuple[YearShare, ...]]:
    """Each theme in each year."""
    each = zip(counts.years, counts.documents.tolist(), counts.passages.tolist(), strict=True)
    years = list(each)
    return [
        tuple(
            YearShare(year, n, documents, share, m, passages)
            for (year, documents, passages), n, share, m in zip(years, *row, strict=True)
        )
        for row in zip(
            counts.held.tolist(), counts.shares.tolist(), counts.said.tolist(), strict=True
        )
    ]


def kendall_tau(shares: Shares) -> Shares:
    """Kendall's tau-b of each theme's shares over the years; 0 where they are all the same."""
    if shares.shape[1] < 2:
        return np.zeros(len(shares))
    first, second = np.triu_indices(shares.shape[1], 1)
    signs = np.sign(shares[:, second] - shares[:, first])
    untied = np.abs(signs).sum(axis=1)
    tau: Shares = signs.sum(axis=1) / np.sqrt(np.maximum(untied, 1) * len(first))
    return tau


@dataclass(frozen=True, slots=True)
class Effects:
    """Shares in both halves, their difference and its p; each ``float64[t]``."""

    before: Shares
    recent: Shares
    effect: Shares
    p: Shares

    @classmethod
    def of_means(
        cls, counts: ByYear, before: NDArray[np.bool_], recent: NDArray[np.bool_]
    ) -> Effects:
        """Of means over documents."""
        both = before | recent
        earlier, later = (
            counts.given[:, half].sum(axis=1) / counts.documents[half].sum()
            for half in (before, recent)
        )
        away, spread = _years_apart(counts, both)
        documents = int(counts.documents[both].sum())
        given = counts.given[:, both]
        squares = counts.squares[:, both].sum(axis=1) - given.sum(axis=1) ** 2 / documents
        p = _p_of_trend(given @ away, squares * spread, documents)
        return cls(earlier, later, later - earlier, p)

    @classmethod
    def of_ratios(
        cls,
        counts: ByYear,
        named: Counts,
        sizes: Counts,
        before: NDArray[np.bool_],
        recent: NDArray[np.bool_],
    ) -> Effects:
        """Of passages over passages; ``named`` and ``sizes`` of the documents of both halves."""
        both = before | recent
        earlier, later = (
            counts.said[:, half].sum(axis=1) / max(int(counts.passages[half].sum()), 1)
            for half in (before, recent)
        )
        # What each document has beyond its part, a ratio of sums made linear. It sums to nothing.
        ratio = counts.said[:, both].sum(axis=1) / max(int(counts.passages[both].sum()), 1)
        theme, document = np.nonzero(named)
        said = named[theme, document]
        squares = np.bincount(theme, said**2, len(named))
        mixed = np.bincount(theme, said * sizes[document], len(named))
        away, spread = _years_apart(counts, both)
        together = counts.said[:, both] @ away - ratio * (counts.passages[both] @ away)
        varied = squares - 2 * ratio * mixed + ratio**2 * float((sizes**2).sum())
        p = _p_of_trend(together, varied * spread, len(sizes))
        return cls(earlier, later, later - earlier, p)


def _years_apart(counts: ByYear, both: NDArray[np.bool_]) -> tuple[Shares, float]:
    """How far each year is from the mean year of the documents, and the sum of its squares."""
    years, documents = np.array(counts.years)[both], counts.documents[both]
    mean = float((years * documents).sum()) / float(documents.sum())
    away: Shares = years.astype(np.float64) - mean
    return away, float((documents * away**2).sum())


def _p_of_trend(together: Shares, spread: Shares, documents: int) -> Shares:
    """Two-sided p of correlations with the years, over all ways to deal those out.

    Normal, with the exact variance of that distribution: 1 / (documents - 1).

    Args:
        together: ``float64[t]``, sums of the products of both, one of them from its mean.
        spread: the product of the sums of the squares of both from their means.
    """
    flat = spread <= 1e-9
    correlation = np.where(flat, 0.0, np.abs(together)) / np.sqrt(np.where(flat, 1.0, spread))
    p: Shares = 2 * ndtr(-correlation * np.sqrt(max(documents - 1, 0)))
    return p
