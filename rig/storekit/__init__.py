"""Tools for people who design, install or survey a store: check, pictures, camera coverage, scan alignment."""
