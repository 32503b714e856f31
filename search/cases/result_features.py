"""What can be seen of an amount, or of a sentence without one, that may be what came of a case.

By its words (a change, an outcome, a plan, a price, a statistic of others), by what is measured, by
where it stands, and by the model: how near its sentence is to prototypes of each role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .amounts import Amount
from .manner import SEEN
from .quantity import DURATIONS
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary, plain
from .weights import weights_of

Near = Mapping[Role, float]
"""How near a sentence is to the prototypes of each role (`search.cases.features.nearness`)."""

_SPELT_OUT = 10
"""Things counted in letters are a quantity from here: "due mondi" is a way of speaking."""
_SPELT_OUT_IN_RESULTS = 3
_LONG = frozenset(("anni", "mesi"))
"""In so long something comes of a case; it is seldom what comes of it."""
PLAN = re.compile(
    r"(?<= )(?:preved\w+|previst[oaie]|obiettivo|obiettivi|dovrebber?o?|dovranno|dovra|potrebber?o?"
    r"|a regime|entro il|entro la|entro i|se tutto va|arriveremo|contiamo di|pensat[oaie] per"
    r"|intende|intendono|punta a"
    r"|mira a|se(?! ne )|ambizione|target|planned|expected|aims? to|by 20\d\d)(?= )"
)
_CHANGE = re.compile(
    r"(?<= )(?:risparmi\w*|ridu(?:ce|cono|zione|zioni|tto|rre)|ridott[oaie]|dimezza\w*|diminu\w*"
    r"|cal(?:o|ato|ata|ati|ate|ano|a)|scend\w+|sces[oaie]|tagli(?:o|ato|ata|ati|ate)|abbatt\w+"
    r"|aument\w+|increment\w+|crescit\w|cresciut[oaie]|cresc(?:e|ono)|salit[oaie]|sal(?:e|gono)"
    r"|raddoppi\w+|triplic\w+|migliora\w+|raggiun\w+|superat[oaie]|supera(?:no)?|ottenut[oaie]"
    r"|evitat[oaie]|evita(?:no)?|recuperat[oaie]|riciclat[oaie] ogni|coinvolt[oaie]|tracciat[oaie]"
    r"|aderi\w+|selezionat[oaie]|arriva(?:re|to|ta|ti|te)? (?:a|al|ai|alla|all)|venit[oaie]"
    r"|passat[oaie] da|pass(?:a|ano) da"
    r"|fell|fallen|dropp?ed|rose|risen|rises?|saved?|saves|savings?|reduc\w+|cuts?|decreas\w+|increas\w+|grew|grown|growth|doubled|halved"
    r"|reached|achieved|exceeded|avoided|recovered)(?= )"
)
_OUTCOME = re.compile(
    r"(?<= )(?:raddoppiat[oaie]|triplicat[oaie]|dimezzat[oaie]|quadruplicat[oaie]|prima volta"
    r"|(?:il|la) prim[oa] \w+ (?:\w+ ){0,4}(?:al mondo|in europa|in italia|del mondo|nel mondo)"
    r"|present\w+ come (?:il|la|l) prim[oa]|prim[oa] (?:\w+ ){1,8}(?:a farlo|a riuscirci)"
    r"|e dimostrato|sono dimostrat[ie]|portat[oa] a termine|passat[oa] dalla prova|premiat[oa]"
    r"|(?:ha|hanno) (?:vinto|ricevuto) (?:il|un|lo|la|una|l)|riconosciut[oa] come"
    r"|buon[ae] pratic[ah]e?"
    r"|ha brevettato|(?:ne )?risulta un|entrat[oa] in produzione|doubled|halved|won the|was awarded"
    r"|(?:il|un) primo (?:impianto|stabilimento|prototipo|lotto)"
    r"|(?:riceve|ricevono|vince|ottiene|conquista|si aggiudica|ricevuto|ottenuto|vinto|conquistato)"
    r" (?:\w+ ){0,5}(?:premio|premi|award|riconoscimento|certificazione|menzione|prize)"
    r"|(?:in|su|data in|affidat[oa] in) licenza|entra(?:no)? (?:come|fra i soci|tra i soci)"
    r"|portato a termine|(?:li|le) ha(?:nno)? scelt[ie]|scelt[oaie] da"
    r"|certificazione (?:\w+ ){0,3}(?:ottenuta|raggiunta)|certificat[oa] da|illustrat[oa] a"
    r"|prototipo (?:di|del)|meno (?:acqua|energia|scarti|emissioni|rifiuti|sprechi)"
    r"|first of its kind|for the first time|less (?:\w+ )?(?:waste|water|energy|yarn|paper|plastic)"
    r"|awarded|the first (?:plant|factory|prototype|product)|certified|chosen by|patent)(?= )"
)
_QUICKER = re.compile(
    r"(?<= )(?:(?:temp[oi]|durata|attesa|times?) (?:\w+ ){0,12}(?:sces[oi]|scend\w+|ridott[oi]"
    r"|si ridu\w+|pass(?:a|ano|ato|ati)|cal(?:a|ano|ato|ati)|fell|fallen|dropped|cut|went)"
    r"|invece (?:di|dei|delle) \w+ (?:ore|giorni|settimane|minuti)|in meno)(?= )"
)
"""Time that is saved."""
_REACHED = re.compile(
    r"(?<= )(?:vendut[oaie]|iscritt[oaie]|registrat[oaie]|us(?:a|ano)|utilizza(?:no)?|partecip\w+"
    r"|diventa(?:no)?|torna(?:no)?|piantat[oaie]|prodott[oaie]|raccolt[oaie]|contava(?:no)?"
    r"|conta(?:no)?|clienti|utenti|signed up|joined|sold|use|using|customers|users|returned"
    r"|were|are|viene|vengono|proviene|provengono)(?= )"
)
"""What was reached, where it is told of the case and of a time since."""
_SINCE = re.compile(
    r"(?<= )(?:oggi|ora|ormai|finora|a oggi|ad oggi|in un anno|in due anni|in tre anni"
    r"|l anno scorso|lo scorso anno|nel primo anno|dopo un anno|in pochi mesi|alla fine"
    r"|by (?:19|20)\d\d|so far|today|now|last year|within a year|in one season"
    r"|in the first year)(?= )"
)
_UNKNOWN = re.compile(
    r"(?<= )(?:(?:fonte|fonti|dati|sources?) (?:\w+ ){0,6}non |non (?:\w+ ){0,2}"
    r"(?:riportat|quantificat|precisat|dichiarat|indicat|documentat|misurat|not)[oaie]"
    r"|nemmeno|neppure|non (?:abbiamo|si hanno)"
    r"|nessuno che si possa|sarebbe|in generale|si puo dire|possiamo dire|suggerisce che|a nostro"
    r"|secondo noi|la lezione|not (?:known|reported|measured|stated))"
)
"""What is not known, or a thought of the author's."""
_PRICE = re.compile(
    r"(?<= )(?:prezz[oi]|costa(?:no|va|vano)?|canone|listino|quota di|tariff[ae]|a partire da"
    r"|price|prices|priced|costs|fee)(?= )"
)
_SIZE = re.compile(r"(?<= )(?:fondat[oaie]|nat[oa] nel|addetti|dipendenti|employees|founded)(?= )")
_TURNOVER = re.compile(r"(?<= )(?:ricav[oi]|fatturato|revenues?|turnover|addetti|dipendenti)(?= )")
"""How large it is, where a section says who it is."""
_DONE = re.compile(
    r"\b(?:(?:è|sono) (?:stat[oaie] (?:\w+ )?\w{3,}|(?:più )?\w{3,}(?:at|ut|it|tt|st|rt|ss))[oaie]"
    r"|(?:ha|hanno) \w{3,}(?:at|ut|it|tt|st|rt|ss)o"
    r"|(?:was|were|has been|have been|has|have) \w+ed)\b",
    re.IGNORECASE,
)
"""Something that was done: in a section on results it is one."""
_GENERAL = re.compile(
    r"(?<= )(?:(?:dei|delle|degli|tra|fra) (?:i |le |gli )?(?:consumatori|imprese|aziende"
    r"|italiani|europei|progetti|clienti italiani|rifiuti tessili)|of (?:companies"
    r"|consumers|firms))(?= )"
)
"""Of whom a statistic is told that is not of the case."""
_SIGN = re.compile(r"[-−–+]\s?\d")
_INSTEAD = re.compile(
    r"(?<= )(?:in meno|in piu|in luogo di|invece (?:di|dei|delle)|al posto di|contro i"
    r"|anziche|da \w+ \w+ a|instead of|rather than|less|fewer)(?= )"
)
_ASIDE = re.compile(
    r"(?:^|\s)(?:in|da|a|entro|dopo|ogni|per|from|in|for|to|within)\s$", re.IGNORECASE
)
"""Before what another amount is told of: "5.400 bici a 70 aziende"."""
_BASE = re.compile(
    r"(?:^|\s)(?:con|su|with|of|out of"
    r"|(?:che|which|that)\s(?:era|erano|prima\s\w+|durava|was|were|used\sto\s\w+)(?:\sdi)?)\s$",
    re.IGNORECASE,
)
"""Before what a change is measured on, or from: "con 10.000 tonnellate il risparmio è ...", "il
tempo, che era di tre giorni, ..."."""
SPENT = re.compile(
    r"(?<= )(?:invest\w+|costat[oaie]|finanzia\w+|contribut[oi]|fondo perduto|bando|stanziat\w+"
    r"|spes[oaie]|budget|capitale|mutuo|prestito|invested|cost|funding|grant)(?= )"
)
"""What was put into it."""
MARKET = re.compile(
    r"(?<= )(?:in europa|in italia|nel mondo|a livello|settore|mercato|distretto|comparto|nazionale"
    r"|europe[oaie]|mondial[ei]|associazione|osservatorio|stim[ae]|secondo|italian[oaie]|market"
    r"|sector|industry)(?= )"
)
"""What is told of everybody."""
_RIVAL = re.compile(
    r"(?<= )(?:concorrent[ei]|rival[ei]|competitor\w*|altr[oaie] (?:\w+ )?(?:aziend\w+|impres\w+"
    r"|consorzi\w*|societa)|another|competing|competitors?)(?= )"
)
"""What is told of somebody else."""
LAW = re.compile(
    r"(?<= )(?:regolament[oi]|direttiv[ae]|legg[ei]|decreto|norm[ae]|regulation|law)(?= )"
)
_NOW = re.compile(
    r"(?<= )(?:oggi|ora|ormai|finora|adesso|nel 20\d\d|dopo|alla fine|in tutto|gia|anno|ogni|now"
    r"|today|so far)(?= )"
)
_NONE_LEFT = re.compile(
    r"(?<= )(?:nessun[oa]?|zero|sparit\w+|azzerat\w+|non (?:\w+ )?piu|no longer|any more)(?= )"
)
_FORMER = re.compile(
    r"(?<!\w)(?:era(?:no)?|prima(?!\svolta)|contro|rispetto|invece di|anziché|instead of|was|were"
    r"|used to)(?!\w)[^,;.]{0,25}$",
    re.IGNORECASE,
)
"""Before how it was."""
_BEFORE_FROM = re.compile(r"^(?:da|dal|dai|dalle|from)\s", re.IGNORECASE)
_PROTOTYPED = (Role.RESULT, Role.CHALLENGE, Role.SOLUTION, Role.COMPARISON, Role.LESSON, Role.LIMIT)
_UNDER = (Role.RESULT, Role.CHALLENGE, Role.SOLUTION, Role.ORGANISATION)
_CUED = (Role.RESULT, Role.COMPARISON, Role.LIMIT, Role.LESSON)
_PATTERNS = {
    "change": _CHANGE, "instead": _INSTEAD, "outcome": _OUTCOME, "quicker": _QUICKER,
    "reached": _REACHED, "since": _SINCE, "plan": PLAN, "unknown": _UNKNOWN, "price": _PRICE,
    "size": _SIZE, "turnover": _TURNOVER, "general": _GENERAL, "spent": SPENT, "rival": _RIVAL,
    "market": MARKET, "law": LAW, "now": _NOW, "none-left": _NONE_LEFT,
}  # fmt: skip
_FEW, _LARGE = 10, 1000
_OF_AMOUNT = (
    "sign", "percent", "money", "duration", "long-time", "mass", "counted", "bare", "digits",
    "few", "base", "aside", "former", "from-to", "first-amount", "amounts", "large",
)  # fmt: skip
FEATURES = (
    *_PATTERNS, *SEEN, *_OF_AMOUNT,
    *(f"near-{role}" for role in _PROTOTYPED), *(f"in-{role}" for role in _UNDER),
    *(f"cue-{role}" for role in _CUED),
    "item", "row", "done-so", "place", "late", "others", "ours", "boxed", "length",
    "change-result", "result-counted", "told", "main", "told-main",
)  # fmt: skip
"""What is seen of an amount, in the order of the columns of `describe`."""
_REACH = 60
"""Characters before an amount that are looked at."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a statement besides itself.

    Attributes:
        near: see `Near`.
        is_others: it names other organisations only.
        is_ours: it names whose case it is.
        is_boxed: the document has a fact box that gives results.
    """

    near: Near
    is_others: bool = False
    is_ours: bool = False
    is_boxed: bool = False


def marks(
    statement: Statement, amounts: Sequence[Amount], around: Surroundings, words: Vocabulary
) -> list[float]:
    """How surely each of ``amounts`` is a result; last, how surely the sentence without any is one.

    Not below 0 sooner than not. Time that words tell to be saved, and what they tell to be reached
    since, is a result whatever else is seen; what a change is measured on, and time that nothing
    tells to be saved, is none.
    """
    table = describe(statement, amounts, around, words)
    scores = [weights_of(score, FEATURES) for score in ("result", "outcome")]
    of_amounts = table[:-1] @ scores[0][0] + scores[0][1]
    seen = dict(zip(FEATURES, table[:-1].T > 0, strict=True))
    is_plain = seen["told-main"] & (seen["quicker"] | (seen["since"] & seen["reached"]))
    of_amounts = np.where(is_plain, np.maximum(of_amounts, 0.0), of_amounts)
    is_saved = seen["change"] | seen["instead"] | seen["quicker"] | seen["in-result"]
    is_measured_on = seen["base"] | (seen["duration"] & ~is_saved)
    of_amounts = np.where(is_measured_on, np.minimum(of_amounts, -1.0), of_amounts)
    return [*of_amounts.tolist(), float(table[-1] @ scores[1][0] + scores[1][1])]


def describe(
    statement: Statement, amounts: Sequence[Amount], around: Surroundings, words: Vocabulary
) -> NDArray[np.float64]:
    """``float64[n + 1, f]``: the `FEATURES` of each of ``amounts`` of a statement, and last those
    of the sentence alone."""
    of_all = _of_statement(statement, amounts, around, words)
    main = _main(amounts, statement)
    of_all["told"] = _by_words(statement, main, words)
    seen = [of_all | _of_amount(statement.body, amounts, one, main, of_all) for one in amounts]
    return np.array(
        [[float(one.get(name, 0.0)) for name in FEATURES] for one in (*seen, of_all)],
        dtype=np.float64,
    )


def _of_statement(
    statement: Statement, amounts: Sequence[Amount], around: Surroundings, words: Vocabulary
) -> dict[str, float]:
    text = plain(statement.body)
    found: dict[str, float] = {name: bool(p.search(text)) for name, p in _PATTERNS.items()}
    found |= {name: bool(p.search(text)) for name, p in SEEN.items()}
    found |= {f"near-{role}": around.near.get(role, 0.0) for role in _PROTOTYPED}
    found |= {f"in-{role}": statement.section == role for role in _UNDER}
    found |= {f"cue-{role}": min(words.cues_in(role, text), 2) for role in _CUED}
    return found | {
        "item": statement.is_item,
        "row": statement.is_row,
        "done-so": bool(_DONE.search(statement.body)),
        "place": statement.place,
        "late": statement.place > 0.4,
        "others": around.is_others,
        "ours": around.is_ours,
        "boxed": around.is_boxed,
        "length": min(len(text) / 200, 2.0),
        "amounts": min(len(amounts), 4),
    }


def _of_amount(
    text: str,
    amounts: Sequence[Amount],
    amount: Amount,
    main: Sequence[Amount],
    of_all: Mapping[str, float],
) -> dict[str, float]:
    before = _before(text, amount)
    is_main = any(one is amount for one in main)
    is_former = bool(_FORMER.search(before))
    is_counted = bool(amount.unit) and not amount.is_measure
    return {
        "main": is_main,
        "told-main": bool(of_all["told"] and is_main),
        "change-result": bool((of_all["change"] or of_all["instead"]) and not is_former),
        "result-counted": bool(of_all["in-result"] and is_counted),
        "sign": bool(_SIGN.match(amount.written)),
        "percent": amount.unit == "%",
        "money": amount.unit in ("€", "$", "£"),
        "duration": amount.unit in DURATIONS,
        "long-time": amount.unit in _LONG,
        "mass": amount.is_measure and amount.unit not in {"%", "€", "$", "£", *DURATIONS},
        "counted": is_counted,
        "bare": not amount.unit,
        "digits": amount.in_digits,
        "few": not amount.in_digits and amount.value < _FEW,
        "base": bool(_BASE.search(before)),
        "aside": bool(_ASIDE.search(before)),
        "former": is_former,
        "from-to": bool(_BEFORE_FROM.match(amount.written)),
        "first-amount": amount is amounts[0],
        "large": amount.value >= _LARGE,
    }


def _before(text: str, amount: Amount) -> str:
    """What stands right before an amount, as far as is looked at."""
    return text[max(0, amount.span.start - _REACH) : amount.span.start]


def _main(amounts: Sequence[Amount], statement: Statement) -> list[Amount]:
    """The amounts of a statement that are not only said by the way: what a change is measured on,
    the time it took, how it was before."""
    if statement.role == Role.RESULT:
        return list(amounts)
    text = plain(statement.body)
    changed = bool(_CHANGE.search(text) or _INSTEAD.search(text))
    is_result = statement.section == Role.RESULT or _OUTCOME.search(text)
    least = _SPELT_OUT_IN_RESULTS if is_result else _SPELT_OUT
    kept = [
        a
        for a in amounts
        if (changed or a.unit not in DURATIONS)
        and not (a.unit in _LONG and _ASIDE.search(_before(statement.body, a)))
        and (a.in_digits or a.is_measure or a.value >= least)
        and not _BASE.search(_before(statement.body, a))
    ]
    main = [a for a in kept if a.is_measure or not _ASIDE.search(_before(statement.body, a))]
    return main if main else kept


def _by_words(statement: Statement, amounts: Sequence[Amount], words: Vocabulary) -> bool:
    """Whether the words of a statement tell an outcome: a change with its measure, something
    reached, done for the first time or rewarded; not a plan, a price, what others reached."""
    if statement.role is not None:
        return statement.role == Role.RESULT
    beside = (Role.LIMIT, Role.SOURCE)
    if statement.section in BESIDE or any(words.cue_count(r, statement.body) for r in beside):
        return False
    text = plain(statement.body)
    if PLAN.search(text) or _GENERAL.search(text) or _UNKNOWN.search(text):
        return False
    outcome = bool(_OUTCOME.search(text))
    changed = bool(_CHANGE.search(text) or _INSTEAD.search(text))
    told = changed or outcome or any(_SIGN.match(a.written) for a in amounts)
    is_size = not told and bool(_PRICE.search(text) or _SIZE.search(text))
    if statement.section == Role.RESULT and not is_size:
        cued = words.cue_count(Role.RESULT, statement.body) or statement.is_item
        done = told or bool(cued) or bool(_DONE.search(statement.body))
        return bool(amounts) or (not statement.is_row and done)
    if is_size or statement.label or words.cue_count(Role.COMPARISON, statement.body):
        return False
    measured = any(a.unit in ("%", "t") or not a.is_measure for a in amounts)
    sooner = _QUICKER.search(text) and any(a.unit in DURATIONS for a in amounts)
    since = statement.section != Role.CHALLENGE and _SINCE.search(text) and _REACHED.search(text)
    tells_size = statement.section == Role.ORGANISATION and bool(_TURNOVER.search(text))
    grown = measured and not tells_size and bool(changed or since)
    return outcome or grown or bool(sooner)
