"""Tests of the slice dossier."""
