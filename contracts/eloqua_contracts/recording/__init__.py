"""Exchanges kept in a file without secrets and personal data, and sent again; see docs/contract-reports.md."""

from eloqua_contracts.recording.transport import Recording

__all__ = ["Recording"]
