"""Searches that a member wants to put again, and what is new among their first results."""
