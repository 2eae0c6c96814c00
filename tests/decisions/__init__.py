"""Decisions: what is decided, by which act, and what follows."""
