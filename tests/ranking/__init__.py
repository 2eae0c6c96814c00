"""Tests of the slice ranking."""
