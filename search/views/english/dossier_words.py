from ..italian.dossier_words import *  # noqa: F403 - until it is translated
