"""Tests of the slice applications."""
