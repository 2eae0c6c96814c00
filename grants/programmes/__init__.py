"""Programmes of donors, and what each organisation was awarded under them."""
