"""The researcher's notebook runs from its first cell to its last, against a small index."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "researcher.ipynb"


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def executed(small_index_once) -> list[nbformat.NotebookNode]:
    """The code cells, each with what it showed; an error in one fails here."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    patch = pytest.MonkeyPatch()
    patch.setenv("MINIT_INDEX", str(small_index_once))
    patch.delenv("MINIT_MODEL", raising=False)
    try:
        NotebookClient(
            notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
        ).execute()
    finally:
        patch.undo()
    return code_cells(notebook)


def shown(cell: nbformat.NotebookNode) -> str:
    """The text that a cell printed and showed."""
    texts = [output.get("text") or output.data["text/plain"] for output in cell.outputs]
    return "\n".join(texts)


def test_it_has_ten_cells_and_no_outputs_are_kept():
    cells = code_cells(nbformat.read(NOTEBOOK, as_version=4))
    assert len(cells) == 10
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * 10


def test_it_goes_from_the_index_to_a_data_frame(executed):
    assert "Counts(documents=4" in shown(executed[0])
    assert shown(executed[1]).startswith("1 ")
    assert "Dalle reti da pesca dismesse si ricava nylon rigenerato." in shown(executed[1])
    assert "id='vuota', text='?!', reason='the query has no letter" in shown(executed[2])
    assert "Le reti tornano filo" in shown(executed[3])
    assert "noleggio" in shown(executed[4])


def test_it_plots_and_writes_and_takes_out(executed):
    data = [output.data for cell in executed for output in cell.outputs if "data" in output]
    charts = [kinds["text/html"] for kinds in data if "vega" in kinds.get("text/html", "")]
    assert len(charts) == 2
    assert "#6B46C1" in charts[0]
    assert "Le reti tornano filo" in charts[1]
    assert shown(executed[6]).startswith("@misc{")
    assert "(4, 384) float32" in shown(executed[7])
    assert "cosine" in shown(executed[8])
