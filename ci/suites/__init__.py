"""What the suites under scenarios/suites/ are made of."""
