"""Objections to what was decided so far, and how they were ruled."""
