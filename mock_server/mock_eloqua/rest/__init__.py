"""The Application API (REST 1.0; 2.0 where declared): resource types declared once, served by one set of handlers."""
