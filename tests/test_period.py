"""The years that a question names."""

import pytest

from search.answers.period import named_years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("come cambia la tracciabilità nel tessile dal 2021?", (2021, None)),
        ("il riciclo a partire dal 2019", (2019, None)),
        ("noleggio dal 2020 al 2023", (2020, 2023)),
        ("noleggio tra il 2020 e il 2023", (2020, 2023)),
        ("fra l'anno 2020 e il 2022", (2020, 2022)),
        ("blockchain 2019-2022", (2019, 2022)),
        ("che cosa c'è di nuovo dopo il 2022", (2023, None)),
        ("le call fino al 2021", (None, 2021)),
        ("le call prima del 2021", (None, 2020)),
        ("hackathon negli ultimi tre anni", (2024, None)),
        ("hackathons over the last 5 years", (2022, None)),
        ("circular economy since 2020", (2020, None)),
        ("from 2023 to 2020", (2020, 2023)),
        ("il riciclo dall'anno 2021", (2021, None)),
        ("il riciclo dall’inizio del 2021 a oggi", (2021, None)),
        ("dall'anno 2019 al 2022", (2019, 2022)),
        ("il riciclo da 2021", (2021, None)),
        ("come va da 2021 ad oggi?", (2021, None)),
        ("il riciclo da 2020 a 2022", (2020, 2022)),
        ("un fondo da 2000 euro", (None, None)),
        ("recycling since the year 2021", (2021, None)),
        ("recycling from the beginning of 2021", (2021, None)),
        ("che cosa è cambiato nell'ultimo anno?", (2026, None)),
        ("what changed in the last year?", (2026, None)),
        ("negli ultimi 10 anni", (2017, None)),
        ("negli ultimi 0 anni", (None, None)),
        ("negli ultimi 00 anni", (None, None)),
        ("dopo il 2024 e fino al 2020", (None, None)),
        ("il regolamento 2024/1781", (None, None)),
        ("che cosa sta cambiando?", (None, None)),
        ("dal 20210", (None, None)),
        ("", (None, None)),
    ],
)
def test_years_are_read_as_they_are_written(text, expected):
    assert named_years(text, 2026) == expected


def test_the_last_years_of_a_corpus_without_years_are_none():
    assert named_years("negli ultimi tre anni", None) == (None, None)
