"""Tests of the slice contracts."""
