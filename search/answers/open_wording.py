"""How documents say that something is not settled: questions that they leave open, and issues.

In Italian and English. What is said in passing of a past ("restava da capire") or of a door ("resta
aperto fino alle 18") is no open issue; nor is a question that its author answers, asks the reader
of a questionnaire, or asks because the answer is plain.
"""

from __future__ import annotations

import re

from ..words import WORD

LEAST_WORDS, MOST_WORDS = 5, 70
"""Of a question that can be read alone."""

_ISSUE = (
    r"(?:question[ei]|tem[ai]|problem[ai]|nod[oi]|punt[oi]|domand[ae]|interrogativ[oi]|quesit[oi]"
    r"|dubbi?[oi]?|sfid[ae]|aspett[oi]|fronte|capitolo|discussion[ei]|dibattit[oi]|criticità)"
)
_STAYS = r"(?:resta|restano|resterà|resteranno|rimane|rimangono|rimarrà|rimarranno)"
_IS = (
    r"è|sono|era|erano|c['’]è|resta(?:no)?|riman(?:e|gono)|riguarda(?:no)?|lascia(?:no)?|pone"
    r"|pongono"
)
_LEARN = (
    r"(?:capi|chiari|comprende|verifica|stabili|approfondi|defini|dimostra|valuta|risolve|decide"
    r"|scioglie|misura|accerta|quantifica|vede|scopri|prova|trova|affronta|studia|esplora)re"
)
_FOUND = (
    r"(?:capit|chiarit|verificat|stabilit|approfondit|definit|dimostrat|valutat|decis|accertat)"
)
_WHICH = (
    r"(?:se|come|chi|dove|quando|perché|cosa|quant[oaie]|qual[ei]?|in che|fino a|a chi|con chi"
    r"|di chi|con quali?|in quali?|a quali?|entro quando)"
)
_MUST = (
    r"(?:occorre|occorrerà|bisogna|bisognerà|serve|servirà|va|vanno|andrà|andranno|andrebbe|dobbiamo"
    r"|dovremo|si deve|si dovrà|(?:è|sarà) (?:necessario|utile|importante))"
)
_ISSUES = (
    # what stays
    rf"\b{_STAYS}\b[^.;:]{{0,40}}?\bapert[oaie]\b(?=.*\b{_ISSUE}\b|\W+(?:{_WHICH})\b)",
    rf"\b{_ISSUE}\b.*\b{_STAYS}\b[^.;:]{{0,40}}?\bapert[oaie]\b",
    rf"\b{_STAYS}\s(?:\w+\s){{0,2}}da\s{_LEARN}",
    rf"\b{_STAYS}\s(?:\w+\s){{0,3}}(?:domanda|questione|dubbio|nodo)\b[^.]*:\s\S",
    rf"\b(?:è|sono)\s(?:ancora\s)?(?:tutt[oaie]\s)?da\s{_LEARN}\b(?!\s(?:entro|con un|nel))",
    # what must be found out
    rf"\b{_MUST}\s(?:\w+\s){{0,2}}(?:{_LEARN}|{_FOUND}[oaie])\s(?:\w+\s){{0,2}}{_WHICH}\b",
    # what is missing
    r"\bmanca(?:no)?\s(?:ancora|tuttora|però)\b|\b(?:ancora|tuttora)\smanca(?:no)?\b",
    r"\bnon\s(?:c['’]è|ci\ssono|esist(?:e|ono))\s(?:ancora|tuttora)\b",
    r"\bnon\s(?:è|sono)\s(?:(?:ancora|tuttora|del\stutto)\s)?(?:chiar[oaie]|not[oaie]|dato\ssapere)\b",
    r"\bnon\s(?:è|sono)\s(?:ancora|tuttora)\s(?:stat[oaie]\s)?"
    r"(?:defini|risol|dimostra|prova|chiari|stabili|misura|verifica|regola)t?\w+",
    r"\bnon\s(?:si\ssa|sappiamo|si\sconosc(?:e|ono))\b|\bnessuno\ssa\b",
    r"\b(?:ci\ssi\s(?:chiede|domanda|interroga)|(?:viene|c['’]è)\sda\schiedersi)\b",
    # what it is called
    rf"\b(?:{_IS})\b.*\b{_ISSUE}\s(?:ancora\s|tuttora\s)?apert[oaie]\b",
    rf"\b{_ISSUE}\s(?:ancora\s|tuttora\s)?apert[oaie]\b.*(?:\b(?:{_IS})\b|:\s\S)",
    rf"\b{_ISSUE}\s(?:è|sono)\s(?:ancora\s|tuttora\s)?apert[oaie]\b",
    r"\bnod[oi]\sda\ssciogliere\b|\birrisolt[oaie]\b|\bsenza\s(?:ancora\s)?(?:una\s)?risposta\b",
    # in English
    r"\bremains?\s(?:an\s)?(?:open\s(?:question|issue|problem)|unclear|unresolved|unknown|uncertain"
    r"|unanswered|to\sbe\s\w+(?:ed|en|n|od)\b)",
    r"\b(?:question|issue|problem|matter|point)s?\sremains?\sopen\b",
    r"\bopen\s(?:question|issue|problem)s?\b|\bunanswered\b|\bunresolved\b",
    r"\b(?:is|are)\s(?:still\s)?unclear\b|\bit\sis\snot\s(?:yet\s)?(?:clear|known)\b",
    r"\b(?:is|are)\s(?:not\syet|as\syet\snot)\s(?:clear|known|defined|resolved|settled)\b",
    r"\b(?:is|are|has|have)\syet\sto\sbe\b|\bneeds?\sto\sbe\s(?:clarified|understood|settled)\b",
    r"\bwe\sdo\snot\s(?:yet\s)?know\b|\bfurther\s(?:research|work|stud(?:y|ies))\s(?:is|are)\sneeded\b",
)
_IS_ISSUE = re.compile("|".join(f"(?:{one})" for one in _ISSUES), re.IGNORECASE | re.DOTALL)
_IS_NONE = re.compile(
    r"\b(?:nessun[oa]?|no)\s(?:\w+\s)?(?:question|problem|nod|punt|domand|dubbi|open|issue)"
    rf"|\bnon\s(?:\w+\s){{0,2}}{_STAYS}|\bnon\s(?:\w+\s)?più\b[^.]*\b(?:apert|irrisolt)"
    r"|\bnon\s(?:è|sono)\s(?:\w+\s)?irrisolt|\b(?:is|are)\sno\slonger\b"
    r"|\b(?:has|have)\sbeen\s(?:resolved|settled|answered)\b|\bnot\s(?:an\s)?(?:open|unresolved)",
    re.IGNORECASE,
)
_IS_DOOR = re.compile(
    r"\bapert[oaie]\s(?:al(?:la)?\b|ai\b|agli\b|alle\b|fino\b|dal(?:le)?\b|tutt|ogni\b|per\b|anche\b)"
    r"|\b(?:iscrizion|candidatur|band[oi]\b|call\b|sportell|negozi|muse[oi]\b|mostra\b|biblioteca\b)"
    r"[^.]*\bapert",
    re.IGNORECASE,
)

_ASKS = re.compile(r"\?[»”\"’')\]]*(?:\s*\[[\d,;\s–-]+\])*$")
_QUOTED = re.compile(r"^[«“\"‘'].*[»”\"’']$", re.DOTALL)
_TO_READER = re.compile(
    r"\b(?:vostr[oaie]|voi|tu[oaie]|tuoi|sapev(?:i|ate)|you|yours?)\b"
    r"|^(?:sai|hai|vuoi|avete|volete|siete|sei|ti|vi|potete|puoi)\b",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"^(?:(?:ma|e|eppure|allora|e\sallora)\s)?(?:(?:chi|cosa|che\scosa|come|perché)\s(?:mai\s)?non\b"
    r"|(?:chi|perché|come)\smai\b|perché\sno\b|e\sse\sfosse\b)"
    r"|\bnon\sè\sforse\b|[,;–-]\s*(?:vero|giusto|no|o\sno|right)\s*\?"
    r"|^(?:who|why)\s(?:would\s?n[o']t|not)\b|^is\s?n[o']t\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"^(?:(?:che\s)?cos[a'’]?\s?(?:è|sono|significa\w*|vuol\sdire|si\sintende)|chi\s(?:è|sono|siamo)"
    r"|what\s(?:is|are|does)|who\s(?:is|are))\b",
    re.IGNORECASE,
)
_DEFINES_IN = 9  # words at most: a longer one asks more than what a word means

_PROMISES = re.compile(
    rf"\b{_ISSUE}\b.*\b(?:apert[oaie]|irrisolt[oaie]|da\s(?:approfondire|discutere|sciogliere"
    r"|risolvere|chiarire|affrontare))\b"
    r"|\b(?:domande|interrogativi|quesiti)\s(?:per|al|ai|agli|alle?|dal|dei|che|e\b)"
    r"|\b(?:rest|riman)\w+\s(?:apert\w+|da\s\w+re)\b|\b(?:domande|questioni)\s(?:rest|riman)\w+"
    r"|\b(?:per\sla|da)\sdiscu\w+|\blimiti\se\squestioni\b|\bdomande$"
    r"|\b(?:open|unresolved|remaining)\s(?:question|issue|problem|point)s?\b"
    r"|\bquestions\s(?:for|to\sdiscuss)\b|\bwhat\s(?:remains|is\sstill)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\bfaq\b|\bfrequen(?:ti|tly)\b|\bdomande\se\srisposte\b|\bq\s?&\s?a\b|\bquestions?\sand\sanswers?"
    r"|\bquestionari|\bquestionnaire|\bintervist|\binterview|\bsondaggi|\bsurvey|\bquiz|\btest\b"
    r"|\bsommario\b|\bindice\b|\bglossari",
    re.IGNORECASE,
)


def may_name_open_issues(text: str) -> bool:
    """Whether `names_open_issue` can hold for a sentence of ``text``."""
    return bool(_IS_ISSUE.search(text))


def names_open_issue(sentence: str) -> bool:
    """Whether a sentence says that something is not settled, not known or still missing."""
    found = _IS_ISSUE.search(sentence)
    return bool(found) and not _IS_NONE.search(sentence) and not _IS_DOOR.search(sentence)


def asks(sentence: str) -> bool:
    """Whether a sentence ends as a question; the sources that it names may follow."""
    return bool(_ASKS.search(sentence))


def may_stay_open(question: str, is_promised: bool) -> bool:
    """Whether nothing in the words of a question says that it is answered or none.

    Args:
        is_promised: whether it stands under a heading that `promises_questions`; what a word means
            may be an open question there.
    """
    words = WORD.findall(question)
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or " | " in question:
        return False
    if not next(c for c in question if c.isalnum()).isupper() or _QUOTED.match(question):
        return False
    if _TO_READER.search(question) or _RHETORICAL.search(question):
        return False
    return is_promised or len(words) > _DEFINES_IN or not _DEFINES.match(question)


def promises_questions(heading: str) -> bool:
    """Whether a heading says that open questions stand below it."""
    return bool(_PROMISES.search(heading)) and not _ANSWERS.search(heading)


def promises_answers(heading: str) -> bool:
    """Whether the questions below a heading are answered there, or put to the reader."""
    return bool(_ANSWERS.search(heading))
