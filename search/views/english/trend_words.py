from ..italian.trend_words import *  # noqa: F403 - until it is translated
