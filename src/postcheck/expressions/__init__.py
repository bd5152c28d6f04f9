"""What an expression costs: whether the time that it takes may grow faster than the text."""

from postcheck.expressions.growth import Runaway as Runaway
from postcheck.expressions.growth import runaway as runaway
from postcheck.expressions.syntax import Compiled as Compiled
