"""Case histories: who did what, against which problem, with whom and with what results."""
