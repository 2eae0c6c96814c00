"""The pages of objections: the applicant's, the office's, the final list's."""
