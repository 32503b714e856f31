"""A theme: one thing that documents speak of, whatever they call it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One thing that documents speak of, whatever they call it.

    Attributes:
        key: stable identity: does not change while the theme's words do not.
        label: what it is called where one name must do.
        variants: all that it is called in the corpus or in the glossary, the label among them,
            the most used first.
        cluster: number of the group of themes near in meaning that it belongs to, from 0.
    """

    key: str
    label: str
    variants: tuple[str, ...]
    cluster: int
