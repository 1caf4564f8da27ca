"""A course of the model for other tools: SBML Level 3 Version 2 (core), one row of parameters.

Every equation stands there as it stands in `model`: a rate rule for each state and for how refractory the skin is, an
event for each session, an assignment rule for what can be seen. Time is in days from the first session.

    equations  the model's equations as formulas
    writing    a course with them as a document

`libsbml` is in the extra `research`: whoever imports this room needs it.
"""

from needlework.forecast.sbml.equations import USED
from needlework.forecast.sbml.writing import document

__all__ = ["USED", "document"]
