"""The public call: lots, criteria, form, grid, budget rules, questions, corrections."""
