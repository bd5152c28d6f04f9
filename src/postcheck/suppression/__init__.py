"""Suppressions: what silences findings, each source in a module of its own."""

from postcheck.suppression.allowed import allowed as allowed
from postcheck.suppression.baseline import Baseline as Baseline
from postcheck.suppression.inline import inline as inline
from postcheck.suppression.sidecar import sidecar as sidecar
from postcheck.suppression.silencing import Silenced as Silenced
from postcheck.suppression.silencing import Silencer as Silencer
from postcheck.suppression.suppression import Source as Source
from postcheck.suppression.suppression import Suppression as Suppression
from postcheck.suppression.unchanged import unchanged as unchanged
