"""The Bulk face: reads the wire of Bulk 2.0, calls the transfer engine, writes the wire."""
