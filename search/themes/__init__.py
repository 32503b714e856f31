"""What a corpus is about: its key phrases, each with its place in every passage, and their course.

Built with the index (`theme_index.ThemeIndex`), read by `search.answers`.
"""
