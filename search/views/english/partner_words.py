"""What is said of organisations and who works with whom, in English."""

from __future__ import annotations

from collections.abc import Iterable

from search.answers.partner_tables import Reason, Role
from search.organisations import OrganisationKind

from .words import short

PAGE = "Who does what"
SUBTITLE = (
    "Companies, universities, centres and consortia working on a theme: in what role, since when, "
    "and the passages that show it."
)
NETWORK, NETWORK_HELP = "Who works with whom", "Named in the same cases, or in the same passages."
POTENTIAL = "Potential partners across groups"
POTENTIAL_HELP = (
    "They work on the same themes, in different groups, and no document names them together."
)
MOST_NAMED = "Most often named"
INVOLVED = "Who works on it"
BESIDE = "Who regulates it, and who else is named"
KIND_LABEL, THEME_LABEL, ANY_KIND, ANY_THEME = "Type of organisation", "Theme", "all", "all"
ALL_ORGANISATIONS = "All organisations"
MORE = "More organisations"
OPEN_PROFILE = "Its profile"
WHY_HERE = "Why, and where to read it"
SAME_AS_TABLE = "The same relations in a table"
NETWORK_CLICK = "Click a name to open its profile."
FIRST, SECOND, TOGETHER, IN_CASES = "Organisation", "With", "Documents", "Of which case histories"
DOCUMENTS, GROUP, KIND = "Documents", "Group", "Type"
ITS_CASES, HELPED_IN = "Its cases", "Cases of others in which it plays a part"
WORKS_ON = "What it works on"
NAMED_WITH, NAMED_WITH_HELP = (
    "Whom it is named with",
    "In the same cases, or in the same passages. The most frequent first.",
)
COULD_WORK_WITH = "Whom it could work with"
COULD_HELP = "Same themes, another group, and no document in common yet."
ITS_DOCUMENTS = "Where it is spoken of"
NOBODY_WITH = "No document names it together with others."
NO_THEME = "No theme recurs in the passages that name it."
NO_SUCH_ORGANISATION = (
    "This organisation is not here",
    "The address leads to an organisation that no document names, or no longer does. "
    "Look for it among all of them.",
)
NO_SUCH_THEME = (
    "This theme is not here",
    "The address leads to a theme that is not, or is no longer, in the knowledge base: "
    "choose another.",
)
NOBODY = (
    "No organisation",
    "The passages nearest to the question name no organisation: try other words, or widen the "
    "filters.",
)
NOBODY_HERE = (
    "No organisation with these filters",
    "The documents that pass the filters name none: widen them, or clear them.",
)
NOBODY_YET = (
    "No organisation in the documents",
    "As soon as a document names one and is indexed, it can be found here.",
)
ROLES = {
    Role.DID_IT: "has done it",
    Role.SUPPLIES: "supplies the technology",
    Role.STUDIES: "studies it",
    Role.REGULATES: "regulates it",
    Role.NAMED: "is mentioned",
}
ORGANISATION_KINDS = {
    OrganisationKind.IMPRESA: "company",
    OrganisationKind.UNIVERSITA: "university",
    OrganisationKind.CENTRO_DI_RICERCA: "research centre",
    OrganisationKind.POLO: "innovation hub",
    OrganisationKind.CONSORZIO: "consortium",
    OrganisationKind.ENTE_PUBBLICO: "public body",
    OrganisationKind.ASSOCIAZIONE: "association",
    OrganisationKind.ALTRO: "organisation",
}


def also_called(names: str) -> str:
    """Under the name of an organisation: how else it is written."""
    return f"Also: {names}"


def both_work_on(themes: str) -> str:
    """Why two organisations could work together."""
    return f"Both work on {themes}; no document names them together."


def network_alt(organisations: int, links: int) -> str:
    """What the picture of a network shows, for those who do not see it."""
    return (
        f"Network of {organisations} organisations and {links} relations: "
        "the same are in the table below."
    )


def since(year: int) -> str:
    """The first year of the documents that show it."""
    return f"since {year}"


def because(reasons: Iterable[Reason]) -> str:
    """Why an organisation has its role, on a line."""
    listed = list(reasons)
    cases = [f"“{short(one.said)}”" for one in listed if one.because == "case"]
    cues = [f"“{one.said}”" for one in listed if one.because == "words"]
    kinds = [
        _KINDS_WITH_ARTICLE[OrganisationKind(one.said)] for one in listed if one.because == "kind"
    ]
    said = [
        *([f"the case says so: {', '.join(dict.fromkeys(cases))}"] if cases else []),
        *([f"the words say so: {', '.join(dict.fromkeys(cues))}"] if cues else []),
        *([f"it is {', '.join(dict.fromkeys(kinds))}"] if kinds else []),
    ]
    return f"Why: {'; '.join(said)}" if said else ""


_KINDS_WITH_ARTICLE = {
    kind: f"{'an' if name[0] in 'aio' else 'a'} {name}" for kind, name in ORGANISATION_KINDS.items()
}
