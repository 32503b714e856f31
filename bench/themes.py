"""The judged themes: found in the sample corpus, and with the right course?

    python -m bench.themes [--index index/] [--out bench/themes.md]

A judged theme is found where a theme of the index is called, by its label or a variant, what the
judgment or one of its variants is called (in any inflection and order of words). Its course is that
in the judged group. Of several such themes the **first** counts: the one called as the judgment
itself, else the one in the most documents of the group; **any** counts where one of them is called
the right course.

`MOVED` and `LEAST_DOCUMENTS` of `search.themes.course` are the best on half "a" (and on "b"); the
halves are told apart by a digest of the theme's name. How phrases are found was worked on with the
misses of both halves in sight, and `TESTABLE` with the size of these groups, so "b" is no proof for
documents that nobody has seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from search.answers.counted import Counted
from search.answers.theme_trends import Told
from search.datatypes import Query
from search.snapshot import Snapshot, open_snapshot
from search.themes.wording import phrase_key

from .judged_sets import INDEX, ROOT

JUDGMENTS = ROOT / "tests" / "judgments" / "themes.jsonl"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a judged theme.

    Attributes:
        half: "a" or "b".
        expected: the judged course.
        found: label, course, effect and documents of each theme that matches, the first first.
    """

    group: str
    theme: str
    half: str
    expected: str
    found: tuple[tuple[str, str, float, int], ...]

    @property
    def first_is_right(self) -> bool:
        """Whether the first theme has the judged course."""
        return bool(self.found) and self.found[0][1] == self.expected

    @property
    def any_is_right(self) -> bool:
        """Whether one of the themes has the judged course."""
        return any(course == self.expected for _, course, _, _ in self.found)


def verdicts(snapshot: Snapshot, judgments: Path = JUDGMENTS) -> list[Verdict]:
    """What became of each judged theme."""
    themes = snapshot.themes.themes
    row_of: dict[tuple[str, ...], int] = {}
    for row, theme in enumerate(themes):
        for variant in theme.variants:
            row_of.setdefault(phrase_key(variant), row)
    row_of.pop((), None)
    told = Told.of(snapshot, Counted.of(snapshot, Query("a")), np.arange(len(themes)))
    found = []
    for line in judgments.read_text(encoding="utf-8").splitlines():
        judged = json.loads(line)
        own = told.groups[judged["group"]]
        keys = [phrase_key(name) for name in (judged["theme"], *judged["variants"])]
        rows = list(dict.fromkeys(row_of[key] for key in keys if key in row_of))
        itself = row_of.get(keys[0])
        rows.sort(key=lambda row: (row != itself, -own[row].documents))
        found.append(
            Verdict(
                group=judged["group"],
                theme=judged["theme"],
                half="ab"[int(sha256(judged["theme"].encode()).hexdigest(), 16) % 2],
                expected=judged["course"],
                found=tuple(
                    (themes[row].label, str(own[row].call), own[row].effect, own[row].documents)
                    for row in rows
                ),
            )
        )
    return found


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--index", type=Path, default=INDEX)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "themes.md")
    options = parser.parse_args()
    page = _page(verdicts(open_snapshot(options.index)))
    options.out.write_text(page, encoding="utf-8")
    print(page)


def _page(found: Sequence[Verdict]) -> str:
    lines = [
        "# Judged themes",
        "",
        "Written by `python -m bench.themes`; what counts as found, its docstring says.",
        "",
        "| half | judged | found | right, the first | right, any |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, part in (
        ("a, chosen on", [one for one in found if one.half == "a"]),
        ("b, kept apart", [one for one in found if one.half == "b"]),
        ("both", found),
    ):
        counts = [
            sum(bool(one.found) for one in part),
            sum(one.first_is_right for one in part),
            sum(one.any_is_right for one in part),
        ]
        shares = " | ".join(f"{count} ({count / len(part):.0%})" for count in counts)
        lines.append(f"| {name} | {len(part)} | {shares} |")
    lines += ["", "Where the first is wrong:", ""]
    for one in found:
        if not one.first_is_right:
            seen = "; ".join(
                f"{label}: {course} ({effect:+.2f}, {documents} documents)"
                for label, course, effect, documents in one.found
            )
            lines.append(f"- {one.theme} ({one.group}), *{one.expected}*: {seen or 'not found'}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
