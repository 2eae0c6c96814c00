"""What happens to a call as one file: imported as history, packed into a zip."""
