"""The one list of all slices: blueprints, jobs, problems, commands."""

from collections.abc import Mapping, Sequence
from typing import Any

from click import Group
from flask import Blueprint

import grants.acts.jobs
import grants.acts.models
import grants.acts.problems
import grants.acts.settings
import grants.acts.views
import grants.applications.jobs
import grants.applications.models
import grants.applications.problems
import grants.applications.views.asked_files
import grants.applications.views.blueprint
import grants.applications.views.documents
import grants.applications.views.drafting
import grants.applications.views.importing
import grants.applications.views.messages
import grants.applications.views.paper
import grants.applications.views.previewing
import grants.applications.views.printing
import grants.applications.views.receipts
import grants.applications.views.signing
import grants.applications.views.staff
import grants.applications.views.statements
import grants.applications.views.submitting
import grants.audit.models
import grants.calls.form_words
import grants.calls.models
import grants.calls.problems
import grants.calls.views.answering
import grants.calls.views.asking
import grants.calls.views.blueprint
import grants.calls.views.builder
import grants.calls.views.correcting
import grants.calls.views.correcting_files
import grants.calls.views.editing
import grants.calls.views.exchange
import grants.calls.views.quiz
import grants.complaints.jobs
import grants.complaints.models
import grants.complaints.problems
import grants.complaints.views.blueprint
import grants.complaints.views.final
import grants.complaints.views.office
import grants.complaints.views.own
import grants.complaints.views.ruling
import grants.complaints.views.scores
import grants.contracts.models
import grants.contracts.problems
import grants.contracts.views.own
import grants.contracts.views.shared
import grants.contracts.views.staff
import grants.decisions.cli
import grants.decisions.models
import grants.decisions.problems
import grants.decisions.views
import grants.demo.problems
import grants.desk.views.blueprint
import grants.desk.views.calendar
import grants.desk.views.cases
import grants.desk.views.mine
import grants.desk.views.organisations
import grants.desk.views.staff
import grants.documents.models
import grants.documents.problems
import grants.dossier.cli
import grants.dossier.jobs
import grants.dossier.models
import grants.dossier.problems
import grants.dossier.views
import grants.eligibility.models
import grants.eligibility.problems
import grants.eligibility.views.checking
import grants.eligibility.views.comparing
import grants.eligibility.views.completing
import grants.eligibility.views.listing
import grants.eligibility.views.opening
import grants.eligibility.views.recording
import grants.eligibility.views.shared
import grants.evaluation.jobs
import grants.evaluation.models
import grants.evaluation.problems
import grants.evaluation.views.assigning
import grants.evaluation.views.committee
import grants.evaluation.views.divergence
import grants.evaluation.views.hits
import grants.evaluation.views.meeting
import grants.evaluation.views.notes
import grants.evaluation.views.offline
import grants.evaluation.views.replacing
import grants.evaluation.views.scoring
import grants.evaluation.views.seats
import grants.evaluation.views.shared
import grants.evaluation.views.signing
import grants.evaluation.views.sitting
import grants.evaluation.views.standing
import grants.evaluation.views.widening
import grants.jobs.models
import grants.municipalities.models
import grants.municipalities.problems
import grants.notifications.jobs
import grants.notifications.models
import grants.notifications.views
import grants.organisations.jobs
import grants.organisations.models
import grants.organisations.problems
import grants.organisations.views.people
import grants.organisations.views.profile
import grants.organisations.views.representation
import grants.organisations.views.shared
import grants.organisations.views.vault
import grants.payments.models
import grants.payments.problems
import grants.payments.views
import grants.people.administration
import grants.people.installation
import grants.people.jobs
import grants.people.models
import grants.people.problems
import grants.people.settings
import grants.people.views
import grants.programmes.models
import grants.ranking.jobs
import grants.ranking.models
import grants.ranking.problems
import grants.ranking.views.blueprint
import grants.ranking.views.fairness
import grants.ranking.views.lists
import grants.ranking.views.record
import grants.ranking.views.scenarios
import grants.ranking.views.ties
import grants.register.results
import grants.register.verification
import grants.register.views
import grants.reports.jobs
import grants.reports.models
import grants.reports.problems
import grants.reports.views.own
import grants.reports.views.shared
import grants.reports.views.staff
import grants.web.problems
import grants.web.views

BLUEPRINTS: Sequence[Blueprint] = (
    grants.acts.settings.blueprint,
    grants.applications.views.blueprint.blueprint,
    grants.acts.views.blueprint,
    grants.decisions.views.blueprint,
    grants.desk.views.blueprint.blueprint,
    grants.dossier.views.blueprint,
    grants.organisations.views.shared.blueprint,
    grants.eligibility.views.shared.blueprint,
    grants.complaints.views.blueprint.blueprint,
    grants.contracts.views.shared.blueprint,
    grants.payments.views.blueprint,
    grants.reports.views.shared.blueprint,
    grants.calls.views.blueprint.blueprint,
    grants.register.views.blueprint,
    grants.evaluation.views.shared.blueprint,
    grants.web.views.blueprint,
    grants.notifications.views.blueprint,
    grants.people.administration.blueprint,
    grants.people.installation.blueprint,
    grants.people.settings.blueprint,
    grants.people.views.blueprint,
    grants.ranking.views.blueprint.blueprint,
    grants.register.verification.blueprint,
)
PROBLEMS: Sequence[Mapping[str, Any]] = (
    grants.web.problems.SENTENCES,
    grants.municipalities.problems.SENTENCES,
    grants.people.problems.SENTENCES,
    grants.documents.problems.SENTENCES,
    grants.acts.problems.SENTENCES,
    grants.applications.problems.SENTENCES,
    grants.calls.form_words.SENTENCES,
    grants.calls.problems.SENTENCES,
    grants.complaints.problems.SENTENCES,
    grants.contracts.problems.SENTENCES,
    grants.payments.problems.SENTENCES,
    grants.reports.problems.SENTENCES,
    grants.decisions.problems.SENTENCES,
    grants.demo.problems.SENTENCES,
    grants.eligibility.problems.SENTENCES,
    grants.dossier.problems.SENTENCES,
    grants.evaluation.problems.SENTENCES,
    grants.organisations.problems.SENTENCES,
    grants.ranking.problems.SENTENCES,
)
JOBS = (
    grants.acts.jobs,
    grants.applications.jobs,
    grants.complaints.jobs,
    grants.dossier.jobs,
    grants.evaluation.jobs,
    grants.notifications.jobs,
    grants.organisations.jobs,
    grants.people.jobs,
    grants.ranking.jobs,
    grants.reports.jobs,
)
COMMANDS: Sequence[Group] = (grants.decisions.cli.decisions, grants.dossier.cli.dossier)
# Imported so that the metadata is whole for migrations, whoever asks first.
MODELS = (
    grants.acts.models,
    grants.applications.models,
    grants.audit.models,
    grants.calls.models,
    grants.complaints.models,
    grants.contracts.models,
    grants.decisions.models,
    grants.documents.models,
    grants.dossier.models,
    grants.eligibility.models,
    grants.evaluation.models,
    grants.jobs.models,
    grants.municipalities.models,
    grants.notifications.models,
    grants.organisations.models,
    grants.payments.models,
    grants.people.models,
    grants.programmes.models,
    grants.ranking.models,
    grants.reports.models,
)
