"""The application: from a draft to a submitted case."""
