"""Start pages of staff and applicants, calls and case files to look at, search; read-only."""
