"""Whose pages are whose."""

from grants.people.rules import Role

# The people of an organisation, whatever each of them may do there.
APPLICANT = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)
COMMITTEE = (Role.CHAIR, Role.EVALUATOR, Role.SECRETARY)
