"""Any rows imported under any definition and exported again give what the rules say: `model` decides.

For a longer run: `pytest tests/server/bulk/test_model_imports.py --hypothesis-profile=long --timeout=0`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.bulk import drawn
from tests.server.bulk.faces import Face, First
from tests.server.bulk.model.imports import Definition
from tests.server.bulk.worlds import MODEL, World


@pytest.mark.parametrize("noun", ["Contact", "Account", "CustomObject", "Event"])
@MODEL
@given(data=st.data())
def test_what_is_imported_through_bulk_2_comes_out_as_the_rules_say(eloqua, http, connection, noun, data):
    """bulk.md 9 to 12."""
    world = World.clean(eloqua).with_people()
    if noun in ("CustomObject", "Event"):
        world.with_records(http, noun)
    face = Face(connection, eloqua.basic_auth)
    store = world.stores[noun]
    partners = (world.stores["Contact"], world.stores["Account"]) if store.entity.linked else ()

    world.load(face, noun, *data.draw(drawn.populations(store)))
    for _ in range(data.draw(st.integers(1, 2))):
        definition = data.draw(drawn.definitions(store, partners))
        world.load(face, noun, definition, data.draw(drawn.uploads(store, definition.columns)))

    world.agrees(
        face,
        noun,
        utc=data.draw(st.booleans()),
        size=data.draw(st.sampled_from([2, 1000])),
        as_csv=data.draw(st.booleans()),
    )


@pytest.mark.parametrize("noun", ["Contact", "Account", "CustomObject"])
@MODEL
@given(data=st.data())
def test_what_is_imported_through_bulk_1_comes_out_as_the_rules_say(eloqua, http, connection, noun, data):
    """bulk.md 20: 1.0 has one rule for all fields, and no import rule."""
    world = World.clean(eloqua).with_people()
    if noun == "CustomObject":
        world.with_records(http, noun)
    one = First(connection, eloqua.basic_auth)
    store = world.stores[noun]

    world.load(one, noun, *data.draw(drawn.populations(store)))
    definition = data.draw(drawn.definitions(store))
    definition = replace(definition, rule_by_field={}, import_rule=None, blanks_identifier=False)
    world.load(one, noun, definition, data.draw(drawn.uploads(store, definition.columns)))

    world.agrees(one, noun, size=data.draw(st.sampled_from([2, 1000])), as_csv=data.draw(st.booleans()))


@MODEL
@given(data=st.data())
def test_opportunities_meet_the_fate_that_the_rules_say(eloqua, connection, data):
    """[doc] bulk.md 4.4: by id, with or without case; what they hold cannot be read, but how many match can."""
    world, face = World.clean(eloqua), Face(connection, eloqua.basic_auth)
    store = world.stores["Opportunity"]

    for _ in range(3):
        others = data.draw(st.lists(st.sampled_from(["account", "made"]), unique=True))
        definition = Definition(
            ("id", "name", "stage", "amount", *others),
            "id",
            update_rule=data.draw(st.sampled_from([None, "ifNewIsNotNull"])),
            import_rule=data.draw(st.sampled_from([None, None, "updateOnly", "createOnly"])),
            several=data.draw(st.booleans()),
            is_exact=data.draw(st.booleans()),
        )
        world.load(face, "Opportunity", definition, data.draw(drawn.uploads(store, definition.columns)))
