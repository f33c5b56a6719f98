"""The reference client for Oracle Eloqua."""
