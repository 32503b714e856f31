"""With whom: the organisations that worked on a case, by what is seen of each name in it.

Beside what is seen of any name (`standing`): what the words before and after it say of its bearer,
in which sections and near which prototypes the sentences stand that name it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from .manner import SEEN
from .naming import Name, key_of, same_organisation
from .partners import Announced
from .result_features import LAW, MARKET, PLAN, SPENT, Near
from .standing import FEATURES as OF_NAMES
from .standing import Floats
from .standing import describe as stand
from .told import Statement
from .vocabulary import BESIDE, Role, plain
from .weights import weights_of

_SEEN_OF_NAMES = tuple(name for name in OF_NAMES if not name.startswith(("title", "file", "who")))
_PROTOTYPED = (Role.PARTNER, Role.COMPARISON, Role.LESSON, Role.CHALLENGE, Role.SOLUTION)
_UNDER = (Role.PARTNER, Role.SOLUTION, Role.RESULT, Role.CHALLENGE, Role.ORGANISATION)
_BEFORE = {
    "of": r"(?:di|del|della|dell[’']|dello|dei|delle|of)",
    "by": r"(?:da|dal|dalla|dall[’']|dallo|dai|dagli|by)",
    "with": r"(?:con|with|insieme a|together with)",
    "to": r"(?:a|ad|al|alla|all[’']|ai|to)",
    "at": r"(?:in|a|presso|nel|nella|su|at)",
}
_PRECEDED = {
    name: re.compile(rf"(?<!\w){words}\s?(?:(?:l[’']|il|lo|la|i|the)\s?)?[«“\"]?$", re.IGNORECASE)
    for name, words in _BEFORE.items()
}
_HELPED = re.compile(
    r"^[^.;:]{0,60}?\s(?:ci|gli|li|le|la|lo|ne|us|them)\s?(?:ha|hanno|passa|passano|fornisc\w+|has|have)\b"
)
_DOES = re.compile(
    r"^[»”\"]?(?:,[^,.;]{1,70},)?\s(?:che\s|ha\s|hanno\s|has\s|have\s)?[a-zà-ÿ]{2,}"
    r"(?:ato|uto|ito|tto|sso|sto|ano|ono|isce|iscono|ede|ide|ted|ned|red|ped|sed|ded)\b"
)
_THEIR = re.compile(
    r"\b(?:startup|start-up|spin-off|officina|studio|cooperativa|laboratorio|centro|istituto"
    r"|dipartimento|ateneo|societ[aà]|ditta|distributore|terzista|fornitore|costruttore|marchio"
    r"|agenzia|impresa|consulent\w+|supplier|lab|firm|company|partner)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:software|app|piattaforma|macchin\w+|design|progetto|disegno|brevetto|sensor\w+|prove|test"
    r"|bando|voucher|contributo|fondi|finanza|registro|programma|ricetta)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_SAID = ("done", "did", "was", "we", "opinion")
_TOLD_OF = {"plan": PLAN, "market": MARKET, "law": LAW, "spent": SPENT}
FEATURES = (
    *_SEEN_OF_NAMES, *_PRECEDED, "rule", "helped", "does", "their", "thing", "opens", "brackets",
    "together", "others-too", "plan", "market", "law", "spent", "cell",
    *(f"near-{role}" for role in _PROTOTYPED), *(f"in-{role}" for role in _UNDER), "beside",
    *(f"says-{kind}" for kind in _SAID),
)  # fmt: skip
"""What is seen of a name, in the order of the columns of `describe`."""


def read_partners(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    organisation: str,
    announced: Sequence[Announced],
    near: Mapping[int, Near],
) -> list[tuple[str, Statement]]:
    """The partners of a case, each once, in the order of the document, with what shows it.

    Args:
        names, near: of each statement, by its row.
        organisation: whose case it is.
        announced: from `partners.announced_partners`; those of a fact box are partners.
    """
    found = [(one.name, one.statement) for one in announced if one.is_listed]
    told, table = describe(statements, names, organisation, near, [one.name for one in announced])
    weights, intercept = weights_of(Role.PARTNER, FEATURES)
    shown = {key_of(one.name): (one.name, one.statement) for one in announced}
    for place in np.flatnonzero(table @ weights + intercept >= 0).tolist():
        name, statement = shown.get(key_of(told[place][0]), told[place])
        if not any(same_organisation(name, other) for other, _ in found):
            found.append((name, statement))
    return sorted(found, key=lambda one: (one[1].row, one[1].text.find(one[0])))


def describe(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    organisation: str,
    near: Mapping[int, Near],
    by_rule: Collection[str],
) -> tuple[list[tuple[str, Statement]], Floats]:
    """The names other than the organisation's, each with the statement that shows it best, and
    ``float64[n, f]``, the `FEATURES` of each.

    Args:
        names, near: of each statement, by its row.
        by_rule: names that words announce as partners.
    """
    standing = stand(statements, names, frozenset(), title="", file_name="")
    kept = [
        place for place, key in enumerate(standing.keys) if not same_organisation(key, organisation)
    ]
    seen = _around(statements, names, organisation, near)
    columns = [OF_NAMES.index(name) for name in _SEEN_OF_NAMES]
    found, rows = [], []
    for place in kept:
        key = standing.keys[place]
        written = standing.written[key].most_common(1)[0][0]
        said = seen[key]
        said["rule"] = any(same_organisation(written, other) for other in by_rule)
        rows.append(
            [
                *standing.table[place, columns],
                *(float(min(said[name], 2)) for name in FEATURES[len(columns) :]),
            ]
        )
        found.append((written, standing.shown[key]))
    return found, np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))


def _around(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    organisation: str,
    near: Mapping[int, Near],
) -> defaultdict[str, Counter[str]]:
    """What the statements that name it say around each name, by its key."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    whose = plain(organisation)
    for statement in statements:
        text, inside = statement.text, names.get(statement.row, ())
        if not inside:
            continue
        of_all = _of_statement(statement, whose)
        marks = near.get(statement.row, {})
        for name in inside:
            before, after = name.before(text), name.after(text)
            one = seen[name.key]
            one.update(of_all)
            one.update({kind: bool(p.search(before)) for kind, p in _PRECEDED.items()})
            one.update(
                {
                    "helped": bool(_HELPED.match(after)),
                    "does": bool(_DOES.match(after)),
                    "their": bool(_THEIR.search(before)),
                    "thing": bool(_THING.search(before)),
                    "opens": not any(c.isalnum() for c in before),
                    "brackets": before.count("(") > before.count(")"),
                    "others-too": len(inside) - 1,
                }
            )
            for role in _PROTOTYPED:
                mark = max(one[f"near-{role}"], marks.get(role, 0.0))
                one[f"near-{role}"] = mark  # type: ignore[assignment]
    return seen


def _of_statement(statement: Statement, whose: str) -> dict[str, int]:
    """What a statement says around every name in it; ``whose`` case it is, folded."""
    said = plain(statement.text)
    found = {f"says-{kind}": bool(SEEN[kind].search(said)) for kind in _SAID}
    found |= {name: bool(pattern.search(said)) for name, pattern in _TOLD_OF.items()}
    found |= {f"in-{role}": statement.section == role for role in _UNDER}
    found |= {
        "together": whose in said,
        "cell": statement.is_row,
        "beside": statement.section in BESIDE,
    }
    return {name: int(seen) for name, seen in found.items()}
