"""What is right about an application: its budget."""
