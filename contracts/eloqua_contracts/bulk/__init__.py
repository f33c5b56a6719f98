"""Bulk as contracts speak it: its entities, and imports and exports run to their end."""
