"""Fits the scores by which cases are read, one file a score: see `bench.case_weights`."""
