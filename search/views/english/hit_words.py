from ..italian.hit_words import *  # noqa: F403 - until it is translated
