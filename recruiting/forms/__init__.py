from recruiting.forms.applications import (
    ApplicationFilter,
    PutForwardForm,
    RejectForm,
    ScorecardForm,
)
from recruiting.forms.candidates import (
    CandidateFilter,
    CandidateForm,
    CvForm,
    FactForm,
    NewCandidateForm,
    SourceForm,
)
from recruiting.forms.criteria import CriteriaFilter, CriteriaSetForm, ItemForm
from recruiting.forms.offers import AnswerForm, OfferForm, RescindForm, ReviseForm
from recruiting.forms.people import ApplyForm, VendorSubmissionForm
from recruiting.forms.requisitions import EngagementChoice, RequisitionFilter, RequisitionForm

__all__ = [
    "AnswerForm",
    "ApplicationFilter",
    "ApplyForm",
    "CandidateFilter",
    "CandidateForm",
    "CriteriaFilter",
    "CriteriaSetForm",
    "CvForm",
    "EngagementChoice",
    "FactForm",
    "ItemForm",
    "NewCandidateForm",
    "OfferForm",
    "PutForwardForm",
    "RejectForm",
    "RequisitionFilter",
    "RequisitionForm",
    "RescindForm",
    "ReviseForm",
    "ScorecardForm",
    "SourceForm",
    "VendorSubmissionForm",
]
