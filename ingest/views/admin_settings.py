"""Who may sign in to the administrators' page, by the file of secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from ingest.passwords import is_hash


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file of secrets says.

    Attributes:
        password_hash: of the administrators' password; "" where there is none.
        emails: of the accounts that may enter, in lower case.
        wrong: what in it cannot be: "password_hash", "emails", "auth" or "file"; then the rest is
            empty.
    """

    password_hash: str = ""
    emails: frozenset[str] = frozenset()
    wrong: str = ""

    @property
    def names_somebody(self) -> bool:
        """Whether there is anybody who may enter, or who meant to set that and did not succeed."""
        return bool(self.password_hash or self.emails or self.wrong)

    @property
    def credential(self) -> str:
        """Another one, once the password is another."""
        return sha256(self.password_hash.encode()).hexdigest()


def read_settings() -> Settings:
    """What the file of secrets says now; empty where there is none."""
    try:
        secrets = st.secrets.to_dict()
    except StreamlitSecretNotFoundError as error:
        return Settings(wrong="" if error.error_id == "no-secrets-found" else "file")
    except (OSError, ValueError):
        return Settings(wrong="file")
    if wrong := _wrong(secrets):
        return Settings(wrong=wrong)
    said = secrets.get("admin", {})
    emails = frozenset(email.strip().casefold() for email in said.get("emails", []))
    return Settings(said.get("password_hash", ""), emails)


def _wrong(secrets: Mapping[str, Any]) -> str:
    said = secrets.get("admin", {})
    if not isinstance(said, dict):
        return "file"
    hashed, emails = said.get("password_hash", ""), said.get("emails", [])
    if hashed != "" and not (isinstance(hashed, str) and is_hash(hashed)):
        return "password_hash"
    if not isinstance(emails, list) or not all(isinstance(e, str) and "@" in e for e in emails):
        return "emails"
    return "auth" if emails and not secrets.get("auth") else ""
