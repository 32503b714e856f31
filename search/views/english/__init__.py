"""Everything the pages say, in English."""
