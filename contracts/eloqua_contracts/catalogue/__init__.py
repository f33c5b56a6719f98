"""The contracts themselves, a module for each part of Eloqua; importing this declares them all."""

from eloqua_contracts.catalogue import bulk_definitions, list_members, login, rest_contacts, rest_lists

__all__ = ["bulk_definitions", "list_members", "login", "rest_contacts", "rest_lists"]
