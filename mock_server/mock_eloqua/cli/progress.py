"""Progress of long work, for people only: on standard error, and nothing where that is no terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import click

T = TypeVar("T")
_PAUSE = 0.2
"""Seconds between two looks at what another does."""


def telling(what: str) -> Callable[[int, int], None] | None:
    """Shows how much of how much is done, as it is told; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def told(done: int, total: int) -> None:
        click.echo(f"\r{done:,} of {total:,} {what}", nl=done >= total, err=True)

    return told


@contextmanager
def following(found: Iterable[T], length: int, label: str) -> Iterator[Iterable[T]]:
    """What is *found*, with a bar that grows by each of them on a terminal.

    Lines that are printed meanwhile stay above it.
    """
    if not sys.stderr.isatty():
        yield found
        return
    with click.progressbar(found, length=length, label=label, file=sys.stderr, show_pos=True) as bar:
        yield _above(bar)


@contextmanager
def watching(look: Callable[[], tuple[int, int]], label: str) -> Iterator[None]:
    """A bar while the caller waits for another: *look* tells how much is done, of how much; 0 where it is not known.

    What goes wrong with a look is left to who waits.
    """
    if not sys.stderr.isatty():
        yield
        return
    ended, is_done = threading.Event(), threading.Event()
    thread = threading.Thread(target=_watch, args=(ended, is_done, look, label), daemon=True)
    thread.start()
    try:
        yield
        is_done.set()
    finally:
        ended.set()
        thread.join()


def _watch(ended: threading.Event, is_done: threading.Event, look: Callable[[], tuple[int, int]], label: str) -> None:
    bar = None
    with suppress(Exception):
        while not ended.wait(_PAUSE):
            done, total = look()
            if total:
                bar = bar or click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True)
                bar.update(done - bar.pos)
    ended.wait()
    if bar:
        bar.update((bar.length or 0) - bar.pos if is_done.is_set() else 0)
        bar.render_finish()


def _above(bar: Iterable[T]) -> Iterator[T]:
    """Each of them, the line with the bar blank while the caller prints."""
    for each in bar:
        click.echo("\r\033[K", nl=False, err=True)
        yield each
