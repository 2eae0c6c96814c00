"""The civil society organisation: profile, documents, standing per municipality."""
