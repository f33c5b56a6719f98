"""What Eloqua knows and the rules it keeps. No HTTP, no XML, no wire formats in here."""
