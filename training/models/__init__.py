from training.models.classes import Programme, TrainingClass, TrainingClassLog
from training.models.enrolments import SCORED, Certificate, Enrolment, EnrolmentLog

__all__ = [
    "SCORED",
    "Certificate",
    "Enrolment",
    "EnrolmentLog",
    "Programme",
    "TrainingClass",
    "TrainingClassLog",
]
