"""What keeps a live POD from harm: a pace, budgets, a journal of all that is made, and its removal."""
