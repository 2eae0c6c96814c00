"""One call in one file: export, import, recompute (dossier.md)."""
