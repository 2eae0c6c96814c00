"""What is right about a call: its grid and its criteria."""
