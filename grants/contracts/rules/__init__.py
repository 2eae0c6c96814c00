"""What is right for a contract: its states, its instalments, its revised budget, its terms."""
