"""Finding objections, what an applicant may see of the own case, and who has had a hand in it."""
