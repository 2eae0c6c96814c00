"""Tests of objections, rulings and the final list."""
