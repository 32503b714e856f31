"""What a course and its confidence are called, in English.

A dossier keeps what they were called when they were collected, as `search.themes.course` calls
them; a call of a later version, which has no name here, stands as it was kept.
"""

from __future__ import annotations

from search.themes.course import Call, Confidence

_CALLS: dict[str, str] = {
    Call.EMERGENTE: "emerging",
    Call.IN_CRESCITA: "rising",
    Call.STABILE: "steady",
    Call.IN_CALO: "falling",
    Call.DATI_INSUFFICIENTI: "too little data",
}
_CONFIDENCES: dict[str, str] = {
    Confidence.ALTA: "high",
    Confidence.MEDIA: "medium",
    Confidence.BASSA: "low",
}


def call_name(call: str) -> str:
    """The name of a `Call`, from its value."""
    return _CALLS.get(call, call)


def confidence_name(confidence: str) -> str:
    """The name of a `Confidence`, from its value."""
    return _CONFIDENCES.get(confidence, confidence)
