"""Tests of the slice payments."""
