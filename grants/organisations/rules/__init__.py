"""What is right about an organisation."""
