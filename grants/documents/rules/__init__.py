"""What is right for a file: what it is, what it is called, what is refused."""
