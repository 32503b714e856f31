"""How a process that writes the index is stopped: cleaned up, with the index as it was."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import NoReturn


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM (a service is stopped) and SIGHUP (its terminal closes, unless `nohup` says that
    does not matter) end a command as Ctrl-C does: cleaned up."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    if current_thread() is not main_thread():  # called as a function: signals are the caller's
        yield
        return
    wanted = [signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    before = [(number, signal.signal(number, stop)) for number in wanted]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
