"""Two states of a small corpus, a dozen files of the sample corpus each, for `bench.chaos`.

Between the first and the second, files are edited, added, renamed, copied and removed, one gets a
sidecar, and a scan comes that has to be read by OCR (where Tesseract is installed; elsewhere it
is a file that cannot be read, the same in every run).
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pypdf

CORPUS = Path(__file__).parent.parent / "corpus"

_UNCHANGED = (
    "economia-circolare/2021-case-history-mogu-micelio.md",
    "nuovi-modelli-di-business/2021-case-history-twinset-pleasedontbuy.html",
    "tracciabilita/2024-case-history-trick.pdf",
)
_EDITED_MARKDOWN = "tracciabilita/2024-quaderno-passaporto-e-diligenza.md"
_EDITED_PDF = "economia-circolare/2020-quaderno-scarti-materiali.pdf"
_EDITED_WORD = "open-innovation/2021-case-history-biesse-open-i.docx"
_RENAMED = "open-innovation/2019-case-history-master-italy-hackathon.md"
_RENAMED_TO = "open-innovation/2019-workshop-hackathon.md"
_COPIED = "tracciabilita/2020-case-history-cantina-due-palme.html"
_DESCRIBED = "open-innovation/2022-case-history-lavazza-food-tech.html"
_ONLY_BEFORE = (
    "economia-circolare/2023-quaderno-hub-tessili.html",
    "open-innovation/2024-case-history-sacmi-oper-cbi.docx",
)
_ONLY_AFTER = (
    "open-innovation/2024-quaderno-corporate-venture.md",
    "tracciabilita/2023-case-history-certilogo.pdf",
    "tracciabilita/2026-altro-scadenzario-norme.xlsx",
)
_SCAN = "tracciabilita/2020-quaderno-blockchain-di-filiera.pdf"

QUERIES = (
    "pannelli fonoassorbenti di micelio",
    "abiti a noleggio per una sera",
    "quando entra in vigore il passaporto digitale?",
    "hackathon con gli studenti",
    "which companies use blockchain for traceability?",
    "scarti di lavorazione come materia prima",
    "startup e corporate venture",
    "etichetta con codice da leggere al telefono",
    "il sughero nei galleggianti",
)
"""Answered from files that change, that stay, and that are in one of the states only."""


def write_states(folder: Path, *, with_scan: bool = True) -> tuple[Path, Path]:
    """Write both states; return their folders, ``folder/before`` and ``folder/after``."""
    before, after = folder / "before", folder / "after"
    shared = (*_UNCHANGED, _EDITED_MARKDOWN, _EDITED_PDF, _EDITED_WORD, _COPIED, _DESCRIBED)
    for name in (*shared, _RENAMED, *_ONLY_BEFORE):
        _copy(name, before / name)
    for name in (*shared, *_ONLY_AFTER):
        _copy(name, after / name)
    _copy(_RENAMED, after / _RENAMED_TO)
    _copy(_COPIED, after / "tracciabilita" / "Copia di cantina.html")
    if with_scan:
        _write_scan(after / _SCAN)
    _drop_last_page(after / _EDITED_PDF)
    with (after / _EDITED_MARKDOWN).open("a", encoding="utf-8") as file:
        file.write("\n## Aggiunta\n\nIl sughero dei galleggianti torna in fabbrica. Poi riparte.\n")
    _add_paragraph(after / _EDITED_WORD, "Nel secondo anno la sfida riguarda il legno curvato.")
    sidecar = after / f"{_DESCRIBED}.yaml"
    sidecar.write_text("titolo: Il caffè e le imprese nascenti\nanno: 2023\n", encoding="utf-8")
    return before, after


def _copy(name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(CORPUS / name, target)


def _drop_last_page(path: Path) -> None:
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(path).pages[:-1]:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    path.write_bytes(out.getvalue())


def _write_scan(path: Path) -> None:
    """The upper third of a scanned page, which Tesseract reads in a second or two."""
    picture = pypdf.PdfReader(CORPUS / _SCAN).pages[0].images[0].image
    assert picture is not None
    part = picture.crop((0, 0, picture.width, picture.height // 3))
    part.save(path, "PDF", resolution=picture.width / 8.27, quality=60)  # A4 is 8.27 inches wide


def _add_paragraph(path: Path, text: str) -> None:
    document = docx.Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))
