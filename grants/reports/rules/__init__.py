"""What is right for expenditure: its states, its bills, the sums per line."""
