"""What holds for every type: what was created is read back, updated, listed, found, and gone after deletion.

Everything is drawn from the declarations; `worlds` tells what else a type needs.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.rest.answers import BLANK, Answer, cut, declared
from tests.server.rest.scenes import Body, Scene, World, making_version
from tests.server.rest.worlds import WORLDS

from mock_eloqua import house
from mock_eloqua.rest.resource import Depth, ResourceType
from mock_eloqua.rest.resources import resource_types

CASES = {
    f"{each.single if each.type == 'Folder' else each.type} {version}": (each, version)
    for each in resource_types()
    for version, served in each.versions.items()
    if served
}


EXAMPLES = max(3, settings().max_examples // 10)
"""Of each case, since there are many."""


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_was_created_is_read_updated_listed_found_and_gone_after_deletion(
    http, eloqua, case: str, data: st.DataObject
):
    """rest.md 2 to 5, 18: the same for every type, in the right order of keys, as far as the type is served."""
    eloqua.reset()
    life = Life(Scene(eloqua, http, WORLDS, data.draw), *CASES[case])

    life.is_created()
    if life.serves("R"):
        life.is_read_at_each_depth()
    if life.serves("U"):
        life.is_updated()
    if life.serves("L"):
        life.is_listed()
        life.is_found()
    if life.serves("D"):
        life.is_gone_after_deletion()


def test_whatever_can_be_made_and_named_by_an_id_is_among_the_cases():
    """Counted on the operations that are served, not on the declarations; folders of any kind are made by `scenes`."""
    operations = house.face("rest").operations
    made = {_bare(each.path) for each in operations if each.method == "POST"}
    named = {_bare(each.path).removesuffix("/{}") for each in operations if each.path.endswith("}")}
    cases = {_bare(f"/API/REST/{version}/{resource.single}") for resource, version in CASES.values()}

    assert (made & named) - cases == {"/api/rest/1.0/assets/{}/folder"}


def _bare(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path).lower()


def test_every_world_is_that_of_a_type():
    assert set(WORLDS) <= {name for case in CASES for name in (case, case.rpartition(" ")[0])}


class Life:
    """One object from its creation to its end."""

    def __init__(self, scene: Scene, resource: ResourceType, version: str) -> None:
        self._scene = scene
        self._resource = resource
        self._version = version
        self._own = declared(resource, version)
        self._world: World = scene.world(resource, version)
        scene.eloqua.set(**self._world.settings)
        self._sent: Body = {}
        self._shown: Body = {}

    def serves(self, letter: str) -> bool:
        """Does the version create, read, update, delete or list?"""
        return letter in self._resource.versions[self._version]

    @property
    def _path(self) -> str:
        return f"{self._scene.path(self._resource, self._version)}/{self._shown['id']}"

    def is_created(self) -> None:
        """The answer is the whole object (`rest` 0)."""
        self._sent, self._shown = self._scene.new(self._resource, self._version)
        if making_version(self._resource, self._version) == self._version:
            self._check()

    def _check(self) -> None:
        answer = Answer(self._shown, self._resource, self._version)
        answer.check_order()
        answer.check_holds(self._sent)

    def is_read_at_each_depth(self) -> None:
        """`rest` 3."""
        whole = self._read(Depth.COMPLETE)
        if self.serves("C"):
            assert whole == self._shown
        self._shown = whole
        self._check()
        for depth in Depth:
            assert self._read(depth) == self._cut(depth)

    def _read(self, depth: Depth) -> Body:
        return self._scene.answer(self._scene.http.get(self._path, params={"depth": depth.word}))

    def _cut(self, depth: Depth) -> Body:
        return cut(self._shown, self._resource, self._version, depth)

    def is_updated(self) -> None:
        """`rest` 18: what a PUT leaves out is as on a new object, except what stays."""
        before, sent = self._shown, self._sent
        fixed = {name: sent[name] for name in self._world.fixed if name in sent}
        self._sent = self._scene.body(self._resource, self._version) | fixed
        self._shown = self._scene.answer(self._scene.http.put(self._path, json={"id": str(before["id"]), **self._sent}))
        self._check()
        self._check_left_out({name: sent[name] for name in self._own if name in sent.keys() - self._sent.keys()})
        if self.serves("R"):
            assert self._read(Depth.COMPLETE) == self._shown

    def _check_left_out(self, sent: Body) -> None:
        kept, filled = self._world.kept, self._world.filled
        answer = Answer(self._shown, self._resource, self._version)
        answer.check_holds({name: sent[name] for name in kept if name in sent})
        for name in sent.keys() - {*kept, *filled}:
            each = self._own[name]
            as_new = BLANK if each.default is None else (each.wire.write(each.default),)
            assert self._shown.get(name, "") in as_new, name

    def is_listed(self) -> None:
        """`rest` 4."""
        for depth in (self._resource.list_depth, *Depth):
            query = {} if depth is self._resource.list_depth else {"depth": depth.word}
            found = self._listed(**query)
            assert [each for each in found if each["id"] == self._shown["id"]] == [self._cut(depth)]

    def _listed(self, **query: str) -> list[Body]:
        return self._scene.listed(self._resource, self._version, **self._world.asked(self._shown), **query)

    def is_found(self) -> None:
        """`rest` 5: by its id, and by what a search looks at by itself."""
        key = self._shown["id"]
        assert [each["id"] for each in self._listed(search=f"id='{key}'")] == [key]
        for name in self._resource.bare_search:
            value = self._shown.get(name, "")
            if value and not {"'", "*"} & set(value):
                same = [each["id"] for each in self._listed() if each.get(name, "").lower() == value.lower()]
                assert [each["id"] for each in self._listed(search=f"{name}='{value}'")] == same
        self._is_found_by_any_property()

    def _is_found_by_any_property(self) -> None:
        """A search knows some of the properties [doc]; by those it finds what has their values."""
        texts = {
            name: value
            for name, value in self._shown.items()
            if isinstance(value, str) and len(value) <= 100 and not {"'", "*"} & set(value)
        }
        name = self._scene.draw(st.sampled_from(sorted(texts)))
        path = self._scene.path(self._resource, self._version, many=True)
        query = {"search": f"{name}='{texts[name]}'", "count": "1000", **self._world.asked(self._shown)}
        reply = self._scene.http.get(path, params=query)
        if reply.status_code != 400:
            assert self._shown["id"] in [each["id"] for each in reply.json()["elements"]], (name, texts[name])

    def is_gone_after_deletion(self) -> None:
        """`rest` 18."""
        http = self._scene.http
        gone = http.delete(self._path)
        assert (gone.status_code, gone.content) == (200, b""), gone.text
        assert http.delete(self._path).status_code == 404
        if self.serves("R"):
            assert http.get(self._path).status_code == 404
        if self.serves("L"):
            assert self._shown["id"] not in [each["id"] for each in self._listed()]
