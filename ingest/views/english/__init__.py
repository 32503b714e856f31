"""Everything the administrators' pages say, in English."""
