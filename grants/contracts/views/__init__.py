"""The pages of contracts, by audience."""
