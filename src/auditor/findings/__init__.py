"""One matter, one finding: takes what inference concluded and the signals, gives findings to lay on the table.

A finding holds its grade (how sure), its severity (how grave if true), the trace of reasons, the basis, the money at
stake and the wording in zh and en. It accuses nobody: it says what was seen, what may explain it, what to verify and
what clears.
"""

from auditor.findings.conclude import conclude
from auditor.findings.model import Finding, Place, TraceStep

__all__ = ["Finding", "Place", "TraceStep", "conclude"]
