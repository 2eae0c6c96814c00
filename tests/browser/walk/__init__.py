"""The steps of one call, each done by a person in a browser."""
