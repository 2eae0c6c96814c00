"""The budget as a workbook: written to be filled in, read when it comes back."""
