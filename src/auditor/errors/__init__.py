"""What can go wrong, as values and as exceptions.

A fault of *input* is a `Problem`: a value with a stable code, a place and arguments, collected and shown. What a
*caller* cannot have is an exception:

    AuditorError            the command could not do its work (exit status 2)
    ├── InputError          an upload is unreadable or hostile
    ├── ProfileError        the county profile is wrong
    ├── RuleError           the rule catalogue is wrong
    ├── EngineError         the SQL or the inference engine failed
    └── OutputError         a result could not be written
"""

from auditor.errors.exceptions import (
    AuditorError,
    EngineError,
    InputError,
    OutputError,
    ProfileError,
    RuleError,
    raise_if,
)
from auditor.errors.place import TextPlace, Where, column_letter
from auditor.errors.problem import NO_ARGUMENTS, Argument, Gravity, Problem

__all__ = [
    "NO_ARGUMENTS",
    "Argument",
    "AuditorError",
    "EngineError",
    "Gravity",
    "InputError",
    "OutputError",
    "Problem",
    "ProfileError",
    "RuleError",
    "TextPlace",
    "Where",
    "column_letter",
    "raise_if",
]
