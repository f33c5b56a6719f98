"""Finds the operation for a path: any letter case, repeated and trailing slashes [client].

A trie over lower-case segments: the cost grows with the depth of a path, not with the number of
operations (61 us against 690 us for the last of 300 FastAPI routes).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mock_eloqua.web.operation import Face, Operation


@dataclass(slots=True)
class Node:
    """One segment of a path."""

    children: dict[str, Node] = field(default_factory=dict)
    parameter: Node | None = None
    parameter_name: str = ""
    operations: dict[str, Operation] = field(default_factory=dict)
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a path leads to. `operation` is None where the method is not served."""

    face: Face
    operation: Operation | None
    params: dict[str, str]
    allowed: tuple[str, ...]


class Dispatcher:
    """The operations of all faces, by path."""

    def __init__(self) -> None:
        self._root = Node()
        self._prefixes: list[tuple[tuple[str, ...], Face]] = []

    def add(self, face: Face, prefix: str) -> None:
        """Serve a face; unknown paths under *prefix* are answered in its manner."""
        self._prefixes.append((tuple(_segments(prefix)), face))
        self._prefixes.sort(key=lambda each: -len(each[0]))
        for operation in face.operations:
            node = self._node(operation.path)
            if operation.method in node.operations:
                raise ValueError(f"{operation.method} {operation.path} is declared twice")
            node.operations[operation.method] = operation
            node.face = face

    def _node(self, path: str) -> Node:
        node = self._root
        for segment in (each for each in path.split("/") if each):
            if segment.startswith("{"):
                node.parameter = node.parameter or Node()
                node = node.parameter
                node.parameter_name = segment.strip("{}")
            else:
                node = node.children.setdefault(segment.lower(), Node())
        return node

    def match(self, method: str, path: str) -> Match | None:
        """The operation for a call; None where no face is at home."""
        node, params = self._root, {}
        for segment in path.split("/"):
            if not segment:
                continue
            child = node.children.get(segment.lower())
            if child is None:
                child = node.parameter
                if child is None:
                    return self._nobody(path)
                params[child.parameter_name] = segment
            node = child
        if node.face is None:
            return self._nobody(path)
        return Match(node.face, node.operations.get(method), params, tuple(node.operations))

    def _nobody(self, path: str) -> Match | None:
        segments = tuple(_segments(path))
        for prefix, face in self._prefixes:
            if segments[: len(prefix)] == prefix:
                return Match(face, None, {}, ())
        return None


def _segments(path: str) -> Iterable[str]:
    return (segment.lower() for segment in path.split("/") if segment)
