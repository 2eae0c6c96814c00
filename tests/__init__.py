"""Tests of Poziv; the folders mirror the package."""
