"""What is said of a question and its answer, in Italian."""

from __future__ import annotations

from search.answers.kinds import QuestionKind, Reading, Source

from .words import short

KINDS = {
    QuestionKind.LOOKUP: "Ricerca",
    QuestionKind.TREND: "Tendenza",
    QuestionKind.CASE: "Case history",
    QuestionKind.PARTNER: "Chi fa cosa",
}
READ_AS = "Intesa come"
READ_AS_HELP = "Scegli tu che cosa cercare: la domanda resta la stessa."
ANSWER = "La risposta, con le parole dei documenti"
TREND = "Come cambia"
PARTNERS = "Chi ci lavora"
CASES = "Chi l’ha già fatto"
MORE = "Tutta la risposta in"
_MOST_REASONS = 3
_BECAUSE = {
    Source.CUE: "dice",
    Source.PROTOTYPE: "assomiglia a",
    Source.FORM: "è fatta di poche parole o segni di ricerca:",
}


def why(reading: Reading) -> str:
    """Why a question was read so, on a line; "" where it is the member's own choice."""
    given = [reason for reason in reading.reasons if reason.source is not Source.MEMBER]
    if not given:
        return "" if reading.reasons else "nessuna parola chiede altro"
    by_source: dict[Source, list[str]] = {}
    for reason in given[:_MOST_REASONS]:
        said = by_source.setdefault(reason.source, [])
        if (words := f"«{short(reason.words)}»") not in said:
            said.append(words)
    told = [f"{_BECAUSE[source]} {' e '.join(said)}" for source, said in by_source.items()]
    return f"perché {', e '.join(told)}"
