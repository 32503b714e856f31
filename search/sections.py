"""Text files of named sections: "[name]" begins one, "#" a remark; blank lines say nothing."""

from __future__ import annotations

import re

_NAME = re.compile(r"\[([^\]]+)\]")


def sections_of(text: str) -> dict[str, list[str]]:
    """The lines of each section by its name, without blanks at their ends.

    Lines before the first section are left out; a name that comes again goes on.
    """
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if name := _NAME.fullmatch(line):
            current = sections.setdefault(name[1], [])
        elif not line.startswith("#"):
            current.append(line)
    return sections
