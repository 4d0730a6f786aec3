"""What Walkout Rig costs: every figure is measured by `make bench` and kept in `benchmarks/results/`."""
