"""Demo mode: a clock that moves, invented people, municipalities and calls; off unless set."""
