"""Telling people: an inbox row and a mail job per frozen recipient, in their language."""
