"""What came of it: quantities and outcomes that a document states, as results of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from .amounts import Amount, read_amounts
from .case import Evidence, Result
from .numerals import DIGITS, digits
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary, plain

_DURATIONS = frozenset(("anni", "mesi", "giorni", "settimane", "ore", "minuti", "secondi"))
_LONG = frozenset(("anni", "mesi"))
"""In so long something comes of a case; it is seldom what comes of it."""
_PLAN = re.compile(
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
    r"(?<= )(?:in meno|in piu|invece (?:di|dei|delle)|al posto di|contro i|anziche|da \w+ \w+ a"
    r"|instead of|rather than|less|fewer)(?= )"
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
_MOMENT = re.compile(r"(?:(?:19|20)\d\d|prima|dopo|oggi|ieri|before|after|then|now)", re.IGNORECASE)
"""The head of a column of a table that tells how it was and how it is."""
_SPLIT = re.compile(r"\s*[;,]\s+(?![^(]*\))")
_CLAUSE = re.compile(r"[;:,.](?!\d)|\s(?:e|and|contro|mentre|while)\s|\s[–—]\s")
_MOST_WORDS = 14
_SHORT_WORD, _MOST_SHARED = 3, 0.6
_SPELT_OUT = 10
"""Things counted in letters are a quantity from here: "due mondi" is a way of speaking."""
_SPELT_OUT_IN_RESULTS = 3


def read_results(
    statements: Sequence[Statement],
    is_others: Callable[[Statement], bool],
    words: Vocabulary,
    language: str,
    evidence: Callable[[Sequence[Statement]], Evidence],
) -> tuple[Result, ...]:
    """The results that the statements of a document state, in their order, each once.

    What a fact box or a table calls a result is one; a sentence is one where it tells an outcome:
    a change with its measure, something that was reached, done for the first time or rewarded.
    Plans, what others reached and what is not known are none.

    Args:
        is_others: whether a statement speaks of another organisation.
        language: of the document, for its numbers.
        evidence: of statements.
    """
    found: list[Result] = []
    header = ""
    is_aside = is_compared = False
    has_box = any(s.role == Role.RESULT and s.section not in BESIDE for s in statements)
    for statement in statements:
        if statement.asks:
            continue
        if statement.is_row and statement.role is None and not _has_digit(statement):
            header = statement.cells[-1]
            continue
        if not statement.is_row:
            header, is_compared = "", False
        elif _heads_before_and_after(statement):
            is_compared = True
            continue
        if is_compared and (after := _after(statement, language, evidence)):
            found += [after] if not any(_same(after, other) for other in found) else []
            continue
        if not statement.is_item:
            text = plain(statement.body)
            is_aside = statement.body.endswith(":") and bool(
                _PLAN.search(text) or _UNKNOWN.search(text)
            )
        elif is_aside:
            continue
        amounts = _of_results(read_amounts(statement.body, language), statement)
        if not _is_result(statement, amounts, words) or is_others(statement):
            continue
        if has_box and statement.role is None and not (amounts or _is_told(statement)):
            continue
        proof = evidence([statement])
        for result in _results(statement, amounts, header, proof):
            if not any(_same(result, other) for other in found):
                found.append(result)
    return tuple(found)


def _heads_before_and_after(row: Statement) -> bool:
    """Whether a row heads a table that tells how it was and how it is: "Prima", "Dopo"."""
    moments = row.cells[1:]
    return len(moments) > 1 and all(_MOMENT.fullmatch(cell.strip()) for cell in moments)


def _after(
    statement: Statement, language: str, evidence: Callable[[Sequence[Statement]], Evidence]
) -> Result | None:
    """What a row of a table of before and after says of the time after; None without a number."""
    if statement.section in (*BESIDE, Role.CHALLENGE):
        return None
    written = statement.cells[-1].strip()
    amounts = read_amounts(written, language)
    if not amounts and (bare := re.fullmatch(DIGITS, written)):
        value, unit = digits(bare.group(), language), ""
    elif len(amounts) == 1:
        value, unit = amounts[0].value, amounts[0].unit
    else:
        return None
    return Result(value, unit, statement.cells[0].strip(), written, evidence([statement]))


def _has_digit(statement: Statement) -> bool:
    return any(c.isdigit() for c in statement.body)


def _of_results(amounts: Sequence[Amount], statement: Statement) -> list[Amount]:
    if statement.role == Role.RESULT:
        return list(amounts)
    text = plain(statement.body)
    changed = bool(_CHANGE.search(text) or _INSTEAD.search(text))
    is_result = statement.section == Role.RESULT or _OUTCOME.search(text)
    least = _SPELT_OUT_IN_RESULTS if is_result else _SPELT_OUT
    kept = [
        a
        for a in amounts
        if (changed or a.unit not in _DURATIONS)
        and not (a.unit in _LONG and _ASIDE.search(statement.body[: a.span.start]))
        and (a.in_digits or a.is_measure or a.value >= least)
        and not _BASE.search(statement.body[: a.span.start])
    ]
    main = [a for a in kept if a.is_measure or not _ASIDE.search(statement.body[: a.span.start])]
    return main if main else kept


def _is_result(statement: Statement, amounts: Sequence[Amount], words: Vocabulary) -> bool:
    if statement.role is not None:
        return statement.role == Role.RESULT
    beside = (Role.LIMIT, Role.SOURCE)
    if statement.section in BESIDE or any(words.cue_count(r, statement.body) for r in beside):
        return False
    text = plain(statement.body)
    if _PLAN.search(text) or _GENERAL.search(text) or _UNKNOWN.search(text):
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
    sooner = _QUICKER.search(text) and any(a.unit in _DURATIONS for a in amounts)
    since = statement.section != Role.CHALLENGE and _SINCE.search(text) and _REACHED.search(text)
    tells_size = statement.section == Role.ORGANISATION and bool(_TURNOVER.search(text))
    grown = measured and not tells_size and bool(changed or since)
    return outcome or grown or bool(sooner)


def _is_told(statement: Statement) -> bool:
    """Whether a statement tells a change or something reached."""
    text = plain(statement.body)
    return bool(_CHANGE.search(text) or _OUTCOME.search(text))


def _results(
    statement: Statement, amounts: Sequence[Amount], header: str, proof: Evidence
) -> Iterator[Result]:
    if amounts:
        for amount in amounts:
            what = _what(statement, amount, header)
            yield Result(amount.value, amount.unit, what, amount.written, proof)
    elif statement.role == Role.RESULT:
        for part in _SPLIT.split(statement.body):
            if part.strip():
                yield Result(None, "", part.strip(" ."), "", proof)
    else:
        yield Result(None, "", statement.body, "", proof)


def _what(statement: Statement, amount: Amount, header: str) -> str:
    """What an amount measures: the first cell of its row, or the words of its clause."""
    if statement.is_row and statement.role is None:
        return ": ".join(part for part in (header, statement.cells[0]) if part)
    start = max(
        (m.end() for m in _CLAUSE.finditer(statement.body, 0, amount.span.start)), default=0
    )
    end_match = _CLAUSE.search(statement.body, amount.span.end)
    end = end_match.start() if end_match else len(statement.body)
    before = statement.body[start : amount.span.start].strip()
    after = statement.body[amount.span.end : end].strip()
    clause = f"{before} {after}".strip(" .,;:()")
    if not any(c.isalpha() for c in clause):
        clause = statement.label or statement.body
    return " ".join(clause.split()[:_MOST_WORDS])


def _same(one: Result, other: Result) -> bool:
    """Whether two results say the same: the same number, of things named alike."""
    if one.value is None or other.value is None:
        return one.value == other.value and _says_the_same(one.what, other.what)
    if one.value != other.value or (one.unit != other.unit and one.unit and other.unit):
        return False
    if one.value % 1 and one.value > _SPELT_OUT:  # 123,5 stands twice by no chance
        return True
    shared = _words_of(one) & _words_of(other)
    return bool(shared) or one.written == other.written == ""


def _says_the_same(one: str, other: str) -> bool:
    """Whether most of the longer words of the shorter text stand in the other, by their stems."""
    first, second = (
        {word[:6] for word in plain(text).split() if len(word) > _SHORT_WORD}
        for text in (one, other)
    )
    least = min(len(first), len(second))
    return one == other or (bool(least) and len(first & second) > _MOST_SHARED * least)


def _words_of(result: Result) -> set[str]:
    return {word for word in plain(f"{result.what} {result.unit}").split() if len(word) > 2}
