"""Poziv: public calls of municipalities, from the idea to the last receipt."""
