"""What is right about a ranking: order, limits, allocation."""
