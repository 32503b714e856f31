"""The run whose memory `bench.ingest` follows: ``COUNT MODEL FOLDER``; a line of JSON a look."""

from __future__ import annotations

import io
import json
import os
import random
import sys
from pathlib import Path

import docx

from bench.ingest import memory_with_children
from ingest.pipeline import ingest
from search.encoder import load_encoder

_LOOKS = 10
_VOCABULARY = """
    filiera tessuto fibra riciclo canone noleggio impresa distretto materiale scarto energia
    acqua progetto cliente prodotto codice registro fornitore contratto impianto ricerca startup
    sfida bando laboratorio prototipo brevetto mercato costo ricavo servizio usura riparazione
    ricambio imballaggio carta legno vetro nylon lana cotone pelle sughero resina
"""


def write_documents(folder: Path, count: int) -> None:
    """``count`` documents of twelve sentences, Markdown, PDF and Word in turn, no two alike."""
    folder.mkdir()
    words, vocabulary = random.Random(7), _VOCABULARY.split()
    for number in range(count):
        lines = [" ".join(words.choices(vocabulary, k=11)).capitalize() + "." for _ in range(12)]
        title = f"Relazione numero {number}"
        match number % 3:
            case 0:
                text = "\n\n".join([f"# {title}", *lines])
                (folder / f"{number:05}.md").write_text(text, encoding="utf-8")
            case 1:
                (folder / f"{number:05}.pdf").write_bytes(_pdf([title, *lines]))
            case 2:
                document = docx.Document()
                document.add_heading(title, 1)
                for line in lines:
                    document.add_paragraph(line)
                document.save(str(folder / f"{number:05}.docx"))


def _pdf(lines: list[str]) -> bytes:
    """One page of plain letters in Helvetica, the smallest PDF that says so."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    content = f"BT /F 10 Tf 14 TL 50 780 Td\n{shown}ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


class _Looks:
    """Prints the memory of this process, and with its readers, ten times in a run."""

    def documents(self, done: int, total: int) -> None:
        if done and done % (total // _LOOKS) == 0:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            run = pages * os.sysconf("SC_PAGE_SIZE")
            look = {"documents": done, "run": run, "all": memory_with_children(os.getpid())}
            print(json.dumps(look), flush=True)

    def texts(self, done: int, total: int) -> None:
        """Of no interest: the looks are at documents."""


def main() -> None:
    """Make the documents and index them."""
    count, model, work = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    write_documents(work / "corpus", count)
    ingest(work / "corpus", work / "index", load_encoder(model), _Looks())


if __name__ == "__main__":
    main()
