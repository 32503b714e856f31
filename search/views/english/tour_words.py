"""What the first look around says, in English."""

from __future__ import annotations

TITLE = "First time here?"
STEPS = (
    (
        "Ask as you would speak",
        "A trend, a case, a partner or a fact: the answer comes first, "
        "in the words of the documents.",
    ),
    (
        "Open the source",
        "Each sentence leads to its page, with the passage marked, and to the original.",
    ),
    (
        "Look around",
        "Trends, case histories, who does what and groups can be browsed without a question.",
    ),
    (
        "Keep what you need",
        "Collect passages and cases in a dossier, with numbered citations.",
    ),
)
CLOSE = "Got it, do not show this again"
AGAIN = "How it works"
