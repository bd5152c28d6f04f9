"""How fast postcheck is, beside its peers. `python -m benchmarks` measures, `benchmarks/README.md` tells."""
