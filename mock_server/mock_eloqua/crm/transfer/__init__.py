"""Bulk transfer: definitions, staging, syncs, import and export. One engine for every version of the Bulk API."""
