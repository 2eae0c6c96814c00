"""What happens to objections: filed, withdrawn, ruled, settled; the final list; own files."""
