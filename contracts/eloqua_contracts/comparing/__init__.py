"""Two PODs side by side, exchange by exchange; see docs/contract-reports.md."""
