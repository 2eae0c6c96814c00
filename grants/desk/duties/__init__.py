"""What an applicant must do next: drafts, cases and organisations, each with its term."""
