"""Everything the pages say, in Italian."""
