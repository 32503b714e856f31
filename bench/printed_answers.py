"""Twenty trend, twenty case and ten partner questions with their answers, for a person to judge.

    python -m bench.printed_answers [--index index]

writes ``bench/printed_answers.md`` from ``bench/printed_questions.tsv``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from search.answers.cases import CaseCard
from search.answers.citation import Citation
from search.answers.partner_tables import Partners
from search.answers.trends import Trends
from search.cases.case import Evidence
from search.datatypes import Query
from search.engine import open_engine
from search.themes.course import Call, Course

QUESTIONS = Path(__file__).with_name("printed_questions.tsv")
PAGE = Path(__file__).with_name("printed_answers.md")
_THEMES, _CASES, _PARTNERS = 5, 3, 6
_HEAD = """# Questions and the answers they get

Written by `python -m bench.printed_answers` over the sample corpus, for reading: what a member of a
group would be shown for each, shortened. Each line ends with the document and page it stands on.
"""


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", default="index")
    engine = open_engine(parser.parse_args().index)
    lines = [_HEAD]
    for number, (kind, question) in enumerate(_questions(), start=1):
        read = ", ".join(engine.read(question).kinds)
        lines += [f"## {number}. {_plain(question)}", "", f"Read as: {read}", ""]
        if kind == "trend":
            lines += _trend(engine.trends(Query(question)))
        elif kind == "case-history":
            lines += _cases(engine.cases(Query(question, k=_CASES)).cards)
        else:
            lines += _partners(engine.partners(Query(question)))
        lines.append("")
    PAGE.write_text("\n".join(lines), encoding="utf-8")
    print(f"{PAGE}: {number} questions")


def _questions() -> Iterable[tuple[str, str]]:
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, question = line.split("\t")
            yield kind, question


def _trend(found: Trends) -> list[str]:
    lines = [f"**{_where(found.home)}{_course(found.told)}**", ""]
    for one in found.themes[:_THEMES]:
        lines.append(f"- {_plain(one.theme.label)}: {_where(one.home)}{_course(one.told)}")
        lines += [f"  - {_cited(citation)}" for citation in one.evidence[:2]]
    return lines


def _where(group: str) -> str:
    return f"in {group} " if group else ""


def _course(course: Course) -> str:
    if course.call is Call.DATI_INSUFFICIENTI:
        return f"{course.call} ({course.documents} documents)"
    return (
        f"{course.call}, {course.before:.0%} to {course.recent:.0%} of {course.by} "
        f"({course.documents} documents, confidence {course.confidence})"
    )


def _cases(cards: Iterable[CaseCard]) -> list[str]:
    lines = []
    for card in cards:
        case = card.case
        name = case.organisation.value if case.organisation else "?"
        lines.append(f"- **{_plain(name)}** ({case.year_number}), {card.document.path}")
        for label, values in (("challenge", case.challenge), ("solution", case.solution)):
            lines += [f"  - {label}: {_plain(one.value)}{_page(one.evidence)}" for one in values]
        for result in case.results:
            figure = f"{result.written}: " if result.written else ""
            lines.append(f"  - result: {_plain(figure + result.what)}{_page(result.evidence)}")
    return lines


def _page(evidence: Evidence | None) -> str:
    return f" (p. {evidence.page})" if evidence else ""


def _partners(found: Partners) -> list[str]:
    lines = []
    for one in found.involved[:_PARTNERS]:
        since = f", since {one.since}" if one.since else ""
        lines.append(
            f"- **{_plain(one.organisation.name)}** ({one.organisation.kind}): {one.role}"
            f"{since}; {', '.join(one.groups)}"
        )
        lines += [f"  - {_cited(citation)}" for citation in one.citations[:1]]
    return lines


def _cited(citation: Citation) -> str:
    return f"«{_plain(citation.text)}» ({citation.document.path}, p. {citation.page})"


def _plain(text: str) -> str:
    """On one line, with nothing that Markdown would read."""
    shown = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in shown)


if __name__ == "__main__":
    main()
