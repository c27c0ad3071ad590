from recruiting.models.applications import Application, ApplicationLog
from recruiting.models.candidates import Candidate, Fact, countries_of_candidates
from recruiting.models.criteria import CriteriaSet, CriteriaSetLog, Criterion
from recruiting.models.imports import CandidateImport, ImportedPerson
from recruiting.models.offers import Offer, OfferLog
from recruiting.models.requisitions import Requisition, RequisitionLog
from recruiting.models.scorecards import MARKS, Mark, Scorecard
from recruiting.models.stages import STAGES
from recruiting.models.unproved import UnprovedApplication

__all__ = [
    "MARKS",
    "STAGES",
    "Application",
    "ApplicationLog",
    "Candidate",
    "CandidateImport",
    "CriteriaSet",
    "CriteriaSetLog",
    "Criterion",
    "Fact",
    "ImportedPerson",
    "Mark",
    "Offer",
    "OfferLog",
    "Requisition",
    "RequisitionLog",
    "Scorecard",
    "UnprovedApplication",
    "countries_of_candidates",
]
