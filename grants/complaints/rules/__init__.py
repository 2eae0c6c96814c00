"""What is right about objections."""
