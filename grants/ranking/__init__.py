"""Order, thresholds, ties and allocation (scoring.md)."""
