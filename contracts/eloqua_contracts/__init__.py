"""What is known of Oracle Eloqua, as contracts that any POD can be held to; see docs/contracts.md."""
