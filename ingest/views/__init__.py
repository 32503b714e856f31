"""What is around the pages, and the pages of who looks after the index."""
