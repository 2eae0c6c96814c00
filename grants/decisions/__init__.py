"""Award, refusal, dismissal: what those acts say."""
