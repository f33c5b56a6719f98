"""Where sync actions of apps lead: the members that wait at a step for a service (`bulk` 13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy import ColumnElement

from mock_eloqua.crm import canvas_flow, canvas_services
from mock_eloqua.crm.canvas import CAMPAIGN
from mock_eloqua.crm.canvas_services import Step
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.entity import Destination, Outcome
from mock_eloqua.crm.transfer.errors import NOT_IN_WORKFLOW
from mock_eloqua.language import statement as language
from mock_eloqua.site import Site

_STATUSES: Mapping[str, tuple[str, ...]] = {
    "ActionInstance": ("complete", "errored", "pending", "active"),
    "DecisionInstance": ("yes", "no", "errored", "pending", "active"),
    "FeederInstance": ("complete",),
}
"""What can be said at a step of each kind [doc]; of decisions `pending` and `active` are inferred."""


def _instance(noun: str, site: Site, statement: language.Statement) -> Step | None:
    """The step of `{{ActionInstance(guid)}}`, with an execution behind it or without; executions are one here."""
    root, path = statement.root, statement.path
    names_execution = len(path) == 1 and isinstance(path[0], language.Item) and path[0].name.lower() == "execution"
    if root.name.lower() != noun.lower() or root.brackets != "()" or (path and not names_execution):
        return None
    found = canvas_services.of_instance(site, root.key or "")
    if found is None:
        raise NotFound(noun, root.key)
    return found


def standing(key: ColumnElement[int]) -> Callable[[Site, language.Statement, str], ColumnElement[bool] | None]:
    """What `STATUS('{{ActionInstance(guid)}}') = 'pending'` asks of the records with that *key*; None: nothing known.

    NotFound: the instance is in no workflow.
    """

    def condition(site: Site, statement: language.Statement, status: str) -> ColumnElement[bool] | None:
        word = status.lower()
        if word not in (canvas_services.PENDING, canvas_services.ACTIVE, canvas_services.ERRORED):
            return None
        for noun in _STATUSES:
            step = _instance(noun, site, statement)
            if step is not None:
                canvas_flow.catch_up(site)
                return key.in_(canvas_services.member_ids(step, word))
        return None

    return condition


def source_campaign(site: Site, statement: language.Statement) -> int | None:
    """The campaign in which the instance of an app is; None when it is in a program.

    NotFound: the instance is in no workflow.
    """
    steps = (_instance(noun, site, statement) for noun in _STATUSES)
    return next((each.canvas.id for each in steps if each is not None and each.canvas.kind == CAMPAIGN), None)


def _say(site: Site, step: Step, members: Sequence[int], *, status: str) -> int:
    return len(canvas_services.set_status(site, step, status, members))


def _say_to_all(site: Site, step: Step, *, status: str) -> int:
    return len(canvas_services.set_status(site, step, status))


def _destination(noun: str, statuses: Sequence[str]) -> Destination:
    return Destination(
        example=f"{{{{{noun}(f82d50cd86a94fcab37e4ec9a98b0339)}}}}",
        named=partial(_instance, noun),
        outcomes={
            ("setStatus", status): Outcome(
                code=Code.INSTANCE_STATUS,
                run=partial(_say, status=status),
                run_on_all=partial(_say_to_all, status=status),
            )
            for status in statuses
        },
        constraint=NOT_IN_WORKFLOW,
    )


DESTINATIONS = tuple(_destination(noun, statuses) for noun, statuses in _STATUSES.items())
