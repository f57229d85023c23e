"""Forward chaining from signals to conclusions, with the chain of reasons.

Takes signals and the declarative conclusions of `rules/findings/*.yaml`, gives for each subject and violation the
conclusions that fired and the signals each rests on. The engine (durable-rules) runs in a process of its own, and
`durable_engine` alone knows it.
"""

from auditor.inference.infer import infer
from auditor.inference.load import load_conclusions, read_conclusions
from auditor.inference.model import (
    Conclusion,
    ConclusionSet,
    Fired,
    Grade,
    Inference,
    Links,
    Outcome,
    ViolationConclusions,
)

__all__ = [
    "Conclusion",
    "ConclusionSet",
    "Fired",
    "Grade",
    "Inference",
    "Links",
    "Outcome",
    "ViolationConclusions",
    "infer",
    "load_conclusions",
    "read_conclusions",
]
