"""The pages of expenditure, by audience."""
