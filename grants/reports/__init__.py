"""What the organisation spent, receipt by receipt, and what the officer made of it."""
