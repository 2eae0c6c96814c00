"""Tests of opening and checking."""
