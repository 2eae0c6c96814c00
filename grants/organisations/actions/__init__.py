"""What happens to organisations, by what it is about."""
