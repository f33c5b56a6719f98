"""The face of redirect links: where the links of e-mails lead."""
