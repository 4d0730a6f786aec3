"""The public formats of codes that phones show, devices read and stacks understand: pure functions, no secrets kept."""
