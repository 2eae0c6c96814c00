"""Immutable files by SHA-256, what may be uploaded, and acts as PDF."""
