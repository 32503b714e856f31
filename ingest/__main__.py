"""The admin's commands: ``python -m ingest run corpus/ --index index/``.

Exit status: 0 all is well; 1 done, but something needs attention (a file could not be read, a
check found a fault, an original is missing); 2 nothing was done, the reason is on the standard
error; 130 stopped by Ctrl-C or SIGTERM, the index stays as it was. `watch` ends with 0 when it is
stopped.
"""

from __future__ import annotations

import argparse
import getpass
import io
import sys
import traceback
from pathlib import Path

from search.encoder import Encoder, load_encoder
from search.errors import IngestError, MinitError
from search.text import printable

from .backup import backup, restore
from .bars import Bars
from .check import check
from .history import check_keep, document_history, history, megabytes, prune, rollback
from .passwords import hash_password
from .pipeline import KEPT_SNAPSHOTS, ingest
from .plan import plan
from .report import Outcome
from .report_page import check_report_path, write_report
from .stopping import stoppable
from .watch import watch

_RETRY = 60.0


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no accents still prints
    try:
        with stoppable():
            return int(options.command(options))
    except MinitError as error:
        _say_error(error)
        return 2
    except KeyboardInterrupt:
        print("stopped: the index stays as it was", file=sys.stderr)
        return 130
    except BrokenPipeError:  # who read the output (`| head`) has seen enough
        sys.stdout = None  # else Python complains when it flushes it
        return 141
    except Exception:  # a fault of ours must not look like status 1, "some file was not read"
        traceback.print_exc()
        return 2


def _say_error(error: MinitError) -> None:
    for number, line in enumerate(str(error).split("\n")):
        print(f"  {printable(line)}" if number else f"error: {printable(line)}", file=sys.stderr)


def _run(options: argparse.Namespace) -> int:
    check_keep(options.keep)  # before the model is loaded
    if options.report:
        check_report_path(options.report)
    return _bring_up_to_date(options, load_encoder(options.model))


def _bring_up_to_date(options: argparse.Namespace, encoder: Encoder) -> int:
    bars = Bars()
    try:
        report = ingest(
            options.corpus,
            options.index,
            encoder,
            bars,
            bars.told,
            retry=options.retry,
            keep=options.keep,
            allow_removals=options.allow_removals,
        )
    finally:
        bars.close()
    print(report.to_json() if options.json else report.to_text(), flush=True)
    if options.report:
        try:
            write_report(report, options.report)
        except IngestError as error:
            _say_error(error)
            return 1
    return 1 if report.with_outcome(Outcome.FAILED) else 0


def _watch(options: argparse.Namespace) -> int:
    check_keep(options.keep)
    if options.report:
        check_report_path(options.report)
    encoder = load_encoder(options.model)

    def update() -> bool:
        try:
            _bring_up_to_date(options, encoder)
        except MinitError as error:
            _say_error(error)
        except Exception:  # the next run may go better; whoever reads the log sees this one
            traceback.print_exc()
        else:
            return True
        print(f"trying again in {_RETRY:.0f} s, or when a file changes", file=sys.stderr)
        return False

    try:
        watch(options.corpus, update, options.quiet, _RETRY, options.poll)
    except KeyboardInterrupt:
        print("stopped watching", file=sys.stderr)
    return 0


def _plan(options: argparse.Namespace) -> int:
    planned = plan(options.corpus, options.index)
    print(planned.to_json() if options.json else planned.to_text())
    return 0


def _check(options: argparse.Namespace) -> int:
    checked = check(options.index)
    print(checked.to_json() if options.json else checked.to_text())
    return 1 if checked.faults else 0


def _snapshots(options: argparse.Namespace) -> int:
    found = history(options.index)
    print(found.to_json() if options.json else found.to_text())
    return 0


def _history(options: argparse.Namespace) -> int:
    found = document_history(options.index, options.name)
    print(found.to_json() if options.json else found.to_text())
    return 0


def _rollback(options: argparse.Namespace) -> int:
    done = rollback(options.index, options.id)
    print(f"Current is {done.snapshot_id}; it was {done.left or 'none'}, which is kept")
    print("The next run starts from it and takes in the corpus as it is then: mend that first")
    for missing in done.missing:
        print(f"Warning: {printable(missing)}")
    return 1 if done.missing else 0


def _prune(options: argparse.Namespace) -> int:
    done = prune(options.index, options.keep)
    for snapshot_id in done.removed:
        print(f"Removed: {snapshot_id}")
    print(f"{len(done.removed)} snapshots removed, {megabytes(done.freed)} freed")
    return 0


def _backup(options: argparse.Namespace) -> int:
    listing = backup(options.index, options.file, replace=options.force)
    size = megabytes(listing.size)
    print(f"{options.file}: snapshot {listing.snapshot_id}, {len(listing.files)} files, {size}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    listing = restore(options.file, options.index)
    print(f"Current is {listing.snapshot_id}, restored from {options.file}")
    return 0


def _password(_: argparse.Namespace) -> int:
    try:
        typed = getpass.getpass("Password: ", sys.stderr)
        again = getpass.getpass("Again: ", sys.stderr)
    except EOFError:
        raise IngestError("nothing was typed: run the command in a terminal") from None
    if typed != again:
        raise IngestError("the two are not the same: try again")
    print(f'[admin]\npassword_hash = "{hash_password(typed)}"')
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Keep the index.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, command: object, help_: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_[0].upper() + help_[1:])
        sub.set_defaults(command=command)
        sub.add_argument("--index", type=Path, default=Path("index"), help="default: index")
        return sub

    run = add("run", _run, "bring the index up to date with a folder of documents")
    watching = add("watch", _watch, "run, and run again whenever files of the folder change")
    planning = add("plan", _plan, "say what a run would do; writes nothing")
    checking = add("check", _check, "verify every checksum and every reference")
    listing = add("snapshots", _snapshots, "list the snapshots that are kept")
    telling = add("history", _history, "list the versions of one document that are kept")
    back = add("rollback", _rollback, "make an older snapshot current")
    pruning = add("prune", _prune, "remove all but the newest snapshots")
    saving = add("backup", _backup, "write the current snapshot and its originals to one file")
    loading = add("restore", _restore, "put a backup into the index and make it current")
    locking = commands.add_parser(
        "password", help="print what .streamlit/secrets.toml needs to know the admin's password"
    )
    locking.set_defaults(command=_password)

    for sub in (run, watching, planning):
        sub.add_argument("corpus", type=Path, help="the folder, with one folder for each group")
    telling.add_argument("name", help="its path in the corpus: tracciabilita/report.pdf")
    for sub in (run, watching, planning, checking, listing, telling):
        sub.add_argument("--json", action="store_true", help="print one JSON object")
    for sub in (run, watching):
        sub.add_argument("--model", help="Hugging Face name or folder; default: the embedded one")
        sub.add_argument("--report", type=Path, metavar="FILE", help="also .html, .md or .json")
        sub.add_argument(
            "--keep",
            type=int,
            default=KEPT_SNAPSHOTS,
            metavar="N",
            help=f"snapshots that stay, the new one included; default: {KEPT_SNAPSHOTS}",
        )
        sub.add_argument(
            "--allow-removals",
            action="store_true",
            help="go on though most documents are no longer in the folder",
        )
    run.add_argument("--retry", action="store_true", help="also what could not be read before")
    watching.set_defaults(retry=False)
    watching.add_argument(
        "--quiet",
        type=_seconds,
        default=5.0,
        metavar="SECONDS",
        help="run when nothing changed for so long; default: 5",
    )
    watching.add_argument(
        "--poll",
        type=_seconds,
        metavar="SECONDS",
        help="look every so often, for network folders that tell nothing",
    )
    back.add_argument("id", nargs="?", help="default: the newest older than the current one")
    pruning.add_argument("--keep", type=int, required=True, metavar="N", help="at least 1")
    for sub in (saving, loading):
        sub.add_argument("file", type=Path, metavar="FILE", help="a .tar")
    saving.add_argument("--force", action="store_true", help="replace FILE if it is there")
    return parser


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds up to a day")
    return value


if __name__ == "__main__":
    sys.exit(main())
