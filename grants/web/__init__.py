"""Flask-only tools that every slice's views stand on."""
