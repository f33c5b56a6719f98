"""Where objects of any type of REST live and what they take, so that one test can make and change all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from tests.server.rest.bodies import Bodies, Named

from mock_eloqua.crm.seeds import ROOT_FOLDERS
from mock_eloqua.embedded import EloquaSite
from mock_eloqua.rest.resource import ResourceType
from mock_eloqua.rest.resources import resource_types
from mock_eloqua.rest.resources.folder import Folders

Body = dict[str, Any]


def posted(scene: Scene, path: str, body: Body) -> Body:
    """By a POST."""
    return scene.answer(scene.http.post(path, json=body), 201)


@dataclass(frozen=True, kw_only=True)
class World:
    """What a type needs beyond its declaration."""

    values: Mapping[str, st.SearchStrategy[Any]] = field(default_factory=dict)
    """What properties of these names take, wherever they stand."""
    needed: tuple[str, ...] = ()
    """What has to be sent although the declaration does not ask for it."""
    unsaid: tuple[str, ...] = ()
    """What the product works out itself, whatever a request says."""
    fixed: tuple[str, ...] = ()
    """What no PUT changes."""
    kept: tuple[str, ...] = ("folderId",)
    """What stays where a PUT leaves it out."""
    filled: tuple[str, ...] = ()
    """What the product fills in where a request leaves it out."""
    fit: Callable[[Body], Body] = dict
    """Makes properties that were drawn go together."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """Parameter of the path to the kind of what it names."""
    make: Callable[[Scene, str, Body], Body | None] = posted
    """Makes one of a body, at the path of new ones; its answer, or None where there is none."""
    made_of: tuple[str, ...] | None = None
    """All that can be said of a new one; None: whatever is declared."""
    example: Mapping[str, Any] = field(default_factory=dict)
    """What one has when others name it."""
    asked: Callable[[Body], dict[str, str]] = lambda _shown: {}
    """What a list has to be asked with to show one."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Switches to turn, so that all of it is seen."""


class Scene:
    """A clean site, and what a test puts into it: what others name is made when it is first named."""

    def __init__(
        self,
        eloqua: EloquaSite,
        http: Any,
        worlds: Mapping[str, World],
        draw: Callable[[st.SearchStrategy[Any]], Any],
    ) -> None:
        self.eloqua = eloqua
        self.http = http
        self.draw = draw
        self._worlds = worlds
        self._made: dict[str, Body] = {}

    def world(self, resource: ResourceType, version: str) -> World:
        """What a type needs."""
        return self._worlds.get(f"{resource.type} {version}") or self._worlds.get(resource.type) or World()

    def body(self, resource: ResourceType, version: str) -> Body:
        """Something to send of a type, as it is drawn."""
        drawn = self.draw(self._bodies(resource, version).of(resource.properties))
        said: Body = self._settled(self.world(resource, version).fit(drawn))
        return said

    def new(self, resource: ResourceType, version: str) -> tuple[Body, Body]:
        """A new object: what was said of it, and how it was answered, or is listed where nothing was answered."""
        made_in = making_version(resource, version)
        sent = self._said(resource, version, self.body(resource, made_in))
        return sent, self._create(resource, version, sent)

    def path(self, resource: ResourceType, version: str, *, many: bool = False) -> str:
        """The path of new objects of a type, or of their list, below the objects that they belong to."""
        ids = {name: self._one(kind)["id"] for name, kind in self.world(resource, version).parents.items()}
        return f"/API/REST/{version}/" + (resource.many if many else resource.single).format(**ids)

    def listed(self, resource: ResourceType, version: str, **query: str) -> list[Body]:
        """The objects of a type."""
        given = {"count": "1000", **query}
        page = self.answer(self.http.get(self.path(resource, version, many=True), params=given))
        elements: list[Body] = page["elements"]
        assert page["total"] == len(elements)
        return elements

    def answer(self, reply: Any, status: int = 200) -> Body:
        """The object in an answer."""
        assert reply.status_code == status, reply.text
        shown: Body = reply.json()
        return shown

    def _said(self, resource: ResourceType, version: str, body: Body) -> Body:
        known = self.world(resource, version).made_of
        return body if known is None else {name: value for name, value in body.items() if name in known}

    def _create(self, resource: ResourceType, version: str, body: Body) -> Body:
        path = self.path(resource, making_version(resource, version))
        made = self.world(resource, version).make(self, path, body)
        return made or self.listed(resource, version, depth="complete")[-1]

    def _bodies(self, resource: ResourceType, version: str) -> Bodies:
        world, repository = self.world(resource, version), resource.repository
        kind = repository.of if isinstance(repository, Folders) else resource.type
        return Bodies(
            version,
            folders_of=kind if kind in ROOT_FOLDERS else "Email",
            values=world.values,
            needed=world.needed,
            unsaid=world.unsaid,
        )

    def _settled(self, value: Any) -> Any:
        """With real ids for what a body names."""
        if isinstance(value, Named):
            found: Any = self._one(value.kind)
            for part in value.part:
                found = found[part]
            return found
        if isinstance(value, dict):
            return {name: self._settled(each) for name, each in value.items()}
        return [self._settled(each) for each in value] if isinstance(value, list) else value

    def _one(self, kind: str) -> Body:
        """The object of a kind that others name."""
        if kind not in self._made:
            self._made[kind] = self._folder(kind) if kind.endswith(" Folder") else self._example(kind)
        return self._made[kind]

    def _folder(self, kind: str) -> Body:
        path = f"/API/REST/1.0/assets/{kind.removesuffix(' Folder')}/folder"
        return posted(self, path, {"name": "A folder"})

    def _example(self, kind: str) -> Body:
        resource = next(each for each in resource_types() if each.type == kind)
        version = making_version(resource, max(resource.versions))
        least = self.draw(self._bodies(resource, version).least(resource.properties))
        name = {"name": f"The {kind}"} if "name" in least else {}
        body = {**least, **name, **self.world(resource, version).example}
        return self._create(resource, version, self._settled(self._said(resource, version, body)))


def making_version(resource: ResourceType, version: str) -> str:
    """The version that makes objects of a type: another one where only that does."""
    making = [each for each, served in resource.versions.items() if "C" in served]
    return version if version in making or not making else making[0]
