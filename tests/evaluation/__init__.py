"""Tests of the slice evaluation."""
