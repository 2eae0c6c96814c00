"""Pages of an organisation for its own people."""
