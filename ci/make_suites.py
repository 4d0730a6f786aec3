"""Write the suites under scenarios/suites/.

    python -m ci.make_suites [SCRIPTS_JSON]

SCRIPTS_JSON holds the published scripts of the NanoStore (who takes what, where, in which order); without it, the
suite that acts them out stays as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ci.suites.failures import field_failures
from ci.suites.replica import replica
from ci.suites.sensing import camera_only, degraded, density, rgb_only

FOLDER = Path(__file__).parents[1] / "scenarios" / "suites"


def main(arguments: list[str]) -> int:
    """Write all suites; print what each had to leave out."""
    suites = [field_failures(), density(), camera_only(), rgb_only(), degraded()]
    suites += [replica(Path(argument)) for argument in arguments]
    for suite in suites:
        suite.write(FOLDER)
        print(f"{suite.name}: {len(suite.scenarios)} scenarios, {len(suite.notes)} notes")
        for note in suite.notes:
            print(f"  {note}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
