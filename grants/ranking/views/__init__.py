"""The pages of a ranking: the lists themselves, ties, fairness, scenarios, the record."""
