"""One measurement of one peer, in a process of its own: `python -m benchmarks.worker PEER WHAT SIZE` prints JSON."""

import json
import resource
import sys
from statistics import median
from time import perf_counter

from benchmarks.peers import OTHERS, PEERS, Check
from benchmarks.texts import TYPICAL, drafts, of_length

_SINGLE = 20


def seconds(check: Check, texts: list[str]) -> float:
    """How long a check of the texts takes."""
    begun = perf_counter()
    check(texts)
    return perf_counter() - begun


def main(peer: str, what: str, size: int) -> None:
    """Load the peer, let it warm up, and measure."""
    check = {**PEERS, **OTHERS}[peer].load()
    check(drafts(5))
    match what:
        case "single":
            taken = median(seconds(check, [of_length(TYPICAL)]) for _ in range(_SINGLE))
        case "number":
            taken = seconds(check, drafts(size))
        case "length":
            taken = seconds(check, [of_length(size)])
        case _:
            raise SystemExit(f"nothing is called {what}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "megabytes": memory}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
