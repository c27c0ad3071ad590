from training.models.classes import Programme, TrainingClass, TrainingClassLog
from training.models.enrolments import Certificate, Enrolment, EnrolmentLog

__all__ = [
    "Certificate",
    "Enrolment",
    "EnrolmentLog",
    "Programme",
    "TrainingClass",
    "TrainingClassLog",
]
