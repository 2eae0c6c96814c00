"""The pages of opening, checking and completing."""
