"""Tests of the slice reports."""
