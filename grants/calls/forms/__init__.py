"""What an officer types about a call: one form for each part of it."""
