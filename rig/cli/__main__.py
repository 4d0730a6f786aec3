"""`python -m rig.cli`, the same as `rig`."""

from rig.cli.app import main

main()
