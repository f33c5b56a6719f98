"""SOAP 1.2 as contracts speak it: its operations and types, messages by hand, and descriptions as they are read."""
