from recruiting.forms.applications import (
    PutForwardForm,
    RejectForm,
    ScorecardForm,
)
from recruiting.forms.candidates import (
    CandidateForm,
    CvForm,
    FactForm,
    NewCandidateForm,
    SourceForm,
)
from recruiting.forms.criteria import CriteriaSetForm, ItemForm
from recruiting.forms.imports import ImportForm
from recruiting.forms.offers import AnswerForm, OfferForm, RescindForm, ReviseForm
from recruiting.forms.people import ApplyForm, VendorSubmissionForm
from recruiting.forms.requisitions import EngagementChoice, RequisitionForm

__all__ = [
    "AnswerForm",
    "ApplyForm",
    "CandidateForm",
    "CriteriaSetForm",
    "CvForm",
    "EngagementChoice",
    "FactForm",
    "ImportForm",
    "ItemForm",
    "NewCandidateForm",
    "OfferForm",
    "PutForwardForm",
    "RejectForm",
    "RequisitionForm",
    "RescindForm",
    "ReviseForm",
    "ScorecardForm",
    "SourceForm",
    "VendorSubmissionForm",
]
