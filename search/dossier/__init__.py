"""What a member collects for a paper: passages, cases and trends, with notes; kept and exported."""
