from ..italian.saved_words import *  # noqa: F403 - until it is translated
