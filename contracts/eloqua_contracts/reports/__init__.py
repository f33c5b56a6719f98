"""What comes out of a run: a record in JSON, and from it JUnit and a page; see docs/contract-reports.md."""
