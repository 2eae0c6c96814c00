"""The contract of an award: what was agreed, and who signed when."""
