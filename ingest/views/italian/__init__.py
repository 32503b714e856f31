"""Everything the administrators' pages say, in Italian."""
