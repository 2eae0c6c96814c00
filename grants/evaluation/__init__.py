"""The committee at work: declarations of interest, score sheets, consensus."""
