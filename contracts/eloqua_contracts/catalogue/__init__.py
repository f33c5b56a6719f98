"""The contracts themselves, a module for each part of Eloqua; importing this declares them all."""

from eloqua_contracts.catalogue import (
    bulk_definition_life,
    bulk_definitions,
    bulk_properties,
    bulk_refusals,
    bulk_transport,
    list_members,
    login,
    rest_contacts,
    rest_lists,
)

__all__ = [
    "bulk_definition_life",
    "bulk_definitions",
    "bulk_properties",
    "bulk_refusals",
    "bulk_transport",
    "list_members",
    "login",
    "rest_contacts",
    "rest_lists",
]
