"""Progress of long work, for people only: on standard error, and nothing where that is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")


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


def _above(bar: Iterable[T]) -> Iterator[T]:
    """Each of them, the line with the bar blank while the caller prints."""
    for each in bar:
        click.echo("\r\033[K", nl=False, err=True)
        yield each
