"""The colour of each working group, the same in every format."""

from __future__ import annotations

from search.datatypes import Group

from .wording import ACROSS_GROUPS

COLOURS = {
    Group.OPEN_INNOVATION: "1f4e79",
    Group.ECONOMIA_CIRCOLARE: "2f6b4f",
    Group.NUOVI_MODELLI_DI_BUSINESS: "8a4b1f",
    Group.TRACCIABILITA: "5a3d78",
    ACROSS_GROUPS: "4a4a4a",
}
"""Red, green and blue in hexadecimal, by key of the group."""


def rgb_of(group: str) -> tuple[int, int, int]:
    """Red, green and blue of a group's colour, each 0 to 255."""
    red, green, blue = bytes.fromhex(COLOURS[group])
    return red, green, blue
