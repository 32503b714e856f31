"""Documents that would do harm wherever their text is taken for anything but text."""

from pathlib import Path

import yaml
from conftest import write_corpus

FLAG = "hostile"
"""What a script of theirs would set in the browser's window."""
HOSTILE = (
    f"<script>window.{FLAG}=1</script> <img src=x onerror='window.{FLAG}=2'> "
    f'[nulla](javascript:window.{FLAG}=3) <a href="javascript:window.{FLAG}=4">qui</a> '
    "![segnale](http://hostile.invalid/x.png) $\\frac{rischio}{$2}$ :material/skull: "
    f":red[scarlatto] <svg onload='window.{FLAG}=5'> {{{{7*7}}}} `codice` **grasso** "
    "\u202eossor\u202c pas\u200bsa\u200dporto"
)
FORMULA = '=HYPERLINK("http://hostile.invalid","qui")'
QUESTION = "chi ricava filato dalle reti da pesca?"
_YEARS = (2020, 2021, 2022, 2023, 2024, 2025)


def write_hostile_corpus(corpus: Path) -> Path:
    """Six years of notes, two case histories and a file with a sidecar of ten megabytes."""
    files = {}
    for year in _YEARS:
        name = f"tracciabilita/{year}-quaderno-note.txt"
        files[name] = _note(year)
        files[f"{name}.yaml"] = _yaml(title=f"{HOSTILE} {year}", author=HOSTILE, year=str(year))
    for number in (1, 2):
        name = f"economia-circolare/2024-case-history-{number}.txt"
        files[name] = _case(number)
        files[f"{name}.yaml"] = _yaml(
            title=f"{FORMULA} {HOSTILE}",
            author=FORMULA,
            caso={
                "organizzazione": f"Filati Orsini {number} {HOSTILE}",
                "settore": HOSTILE,
                "luogo": HOSTILE,
                "sfida": f"Le reti: {HOSTILE}",
                "soluzione": f"Filato dalle reti: {HOSTILE}",
                "tecnologie": [HOSTILE, FORMULA],
                "risultati": [f"acqua −6{number}% {HOSTILE}"],
                "partner": [f"Università di {HOSTILE}", "Università di Pisa"],
            },
        )
    files["open-innovation/2022-altro-nul.txt"] = f"Le reti da pesca\x00 tornano filato. {HOSTILE}"
    files["open-innovation/2024-altro-titoli.html"] = _page()
    files["open-innovation/2023-altro-sidecar.txt"] = f"La sfida delle reti da pesca. {HOSTILE}"
    files["open-innovation/2023-altro-sidecar.txt.yaml"] = "title: '" + "La rete " * 1_300_000 + "'"
    return write_corpus(corpus, files)


def _note(year: int) -> str:
    """Plain text, which keeps every character; with an organisation that is named a few times."""
    told = "\n\n".join(
        f"Il passaporto digitale numero {year}{place} di Filati Orsini S.p.A. {word} {HOSTILE}"
        for place, word in enumerate(("accompagna", "racconta", "segue"))
    )
    return f"Filati Orsini S.p.A. e Università di Pisa, anno {year}.\n\n{told}\n"


def _case(number: int) -> str:
    return (
        f"La sfida\n\nFilati Orsini {number} ricava un filato dalle reti da pesca. {HOSTILE}\n\n"
        f"I risultati\n\nHa recuperato {number}2 tonnellate di reti da pesca. {HOSTILE}\n"
    )


def _page() -> str:
    """Headings that show as tags, the first of them a hundred thousand characters long."""
    shown = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    long = " ".join(["Reti da pesca"] * 8000)
    return (
        f"<html><head><title>{long}</title></head><body><h1>{long}</h1><p>Delle reti da pesca si "
        f"fa un filato.</p><h2>{shown}</h2><p>{shown} e reti da pesca.</p></body></html>"
    )


def _yaml(**said: object) -> str:
    return yaml.safe_dump(said, allow_unicode=True)
