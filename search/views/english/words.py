from ..italian.words import *  # noqa: F403 - until it is translated
