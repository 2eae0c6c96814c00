"""The applicant's pages of an application, and what the office opens of one."""
