"""The sample corpus: structured sources in, the documents of ``corpus/`` out."""
