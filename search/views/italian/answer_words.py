"""What is said of a question and its answer, in Italian."""

from __future__ import annotations

from search.answers.kinds import QuestionKind, Reading, Reason, Source

from .words import short

KINDS = {
    QuestionKind.LOOKUP: "Ricerca",
    QuestionKind.TREND: "Tendenza",
    QuestionKind.CASE: "Case history",
    QuestionKind.PARTNER: "Chi fa cosa",
}
READ_AS = "Letta come"
READ_AS_HELP = "Scegli tu che cosa cercare: la domanda resta la stessa."
ANSWER = "La risposta, con le parole dei documenti"
TREND = "Come cambia"
PARTNERS = "Chi ci lavora"
CASES = "Chi l’ha già fatto"
MORE = "Tutta la risposta in"
_MOST_REASONS = 3


def why(reading: Reading) -> str:
    """Why a question was read so, on a line; "" where it is the member's own choice."""
    said = [_reason(reason) for reason in reading.reasons if reason.source is not Source.MEMBER]
    if not said:
        member = any(reason.source is Source.MEMBER for reason in reading.reasons)
        return "" if member else "nessuna parola chiede altro"
    return "; ".join(dict.fromkeys(said[:_MOST_REASONS]))


def _reason(reason: Reason) -> str:
    words = f"«{short(reason.words)}»"
    match reason.source:
        case Source.CUE:
            return f"per {words}"
        case Source.PROTOTYPE:
            return f"somiglia a {words}"
        case _:
            return f"poche parole o segni di ricerca: {words}"
