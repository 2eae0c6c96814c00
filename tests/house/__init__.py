"""The house: tests of how the code itself is kept."""
