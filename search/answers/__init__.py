"""Answers put together from what was ranked: each statement with its passage and page."""
