from ..italian.document_words import *  # noqa: F403 - until it is translated
