"""What members ask beside documents: which question it is, and answers in the documents' words.

Functions of a snapshot and of what was ranked; the engine has a method for each.
"""
