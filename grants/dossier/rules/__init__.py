"""What is right about a dossier, and what follows from it."""
