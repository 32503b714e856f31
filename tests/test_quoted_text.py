"""A sentence that is quoted stands alone: nothing of the list or table that it was taken from."""

import pytest

from search.views.markup import as_quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("• Scarti recuperati", "Scarti recuperati"),
        ("- due telai\n  nuovi", "due telai nuovi"),
        ("– 20 % di acqua", "– 20 % di acqua"),  # a minus
        ("-20 % di acqua", "-20 % di acqua"),
        ("| Acqua | 30 % | | 20 % |", "Acqua · 30 % · 20 %"),
        ("Nessun segno: resta com’è.", "Nessun segno: resta com’è."),
    ],
)
def test_bullets_and_bars_are_left_out_and_a_minus_stays(text, shown):
    assert as_quoted(text) == shown
