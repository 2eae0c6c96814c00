"""What happens to applications, one file for each thing that happens."""
