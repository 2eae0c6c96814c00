"""Acts: numbers, states, PDF, service, pages."""
