"""The officer's pages of a call: its editor, and what is done with it."""
