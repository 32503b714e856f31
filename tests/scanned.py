"""How near the text of a scanned page is to the true one, in words and in points."""

import re
from difflib import SequenceMatcher

import numpy as np

from search.datatypes import Page


def words(text: str) -> list[str]:
    plain = text.translate(str.maketrans("’‘“”–—", "''\"\"--"))
    return plain.replace("|", " ").split()


def word_error_rate(true: str, read: str) -> float:
    """Levenshtein distance of the word sequences over the number of true words."""
    a, b = words(true), words(read)
    row = list(range(len(b) + 1))
    for i, word in enumerate(a, start=1):
        before, row = row, [i]
        for j, other in enumerate(b, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (word != other)))
    return row[-1] / len(a)


def word_boxes(page: Page) -> list[tuple[str, np.ndarray]]:
    """Each word of a page and the box around it, in points."""
    edges = np.frombuffer(page.boxes, dtype="<u2").reshape(-1, 4) / 65535
    edges = edges * [page.width, page.height, page.width, page.height]
    found = []
    for match in re.finditer(r"\S+", page.text):
        box = edges[match.start() : match.end()]
        found.append((match.group(), np.concatenate((box[:, :2].min(0), box[:, 2:].max(0)))))
    return found


def shifts(true: Page, read: Page) -> np.ndarray:
    """How far the middles of words lie apart that both pages have in the same order, in points."""
    a, b = word_boxes(true), word_boxes(read)
    matcher = SequenceMatcher(None, [w for w, _ in a], [w for w, _ in b], autojunk=False)
    pairs = [
        (a[block.a + i][1], b[block.b + i][1])
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    ]
    assert len(pairs) > 0.8 * len(a)
    middles = [[(box[:2] + box[2:]) / 2 for box in pair] for pair in pairs]
    return np.array([np.hypot(*(p - q)) for p, q in middles])
