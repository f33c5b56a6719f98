"""REST 1.0 and 2.0, a module for each chapter of it."""

from eloqua_contracts.catalogue.rest import contact_lists, contact_values, contacts

__all__ = ["contact_lists", "contact_values", "contacts"]
