"""What a patient must be told before consenting: statements as data, chosen for one plan, versioned and comparable."""

from needlework.clinical.consent_content.choosing import content, content_for
from needlework.clinical.consent_content.differences import difference
from needlework.clinical.consent_content.proposed import Proposed, proposed
from needlework.clinical.consent_content.shown import Asked, Content, Section, Statement, as_json, read
from needlework.clinical.consent_content.wordings import NUMBING

__all__ = [
    "NUMBING",
    "Asked",
    "Content",
    "Proposed",
    "Section",
    "Statement",
    "as_json",
    "content",
    "content_for",
    "difference",
    "proposed",
    "read",
]
