"""The binary under test for Python tests: the users' own helper, stricter about how the server ends."""

import os
import pathlib
import sys

SOURCE = pathlib.Path(os.environ.get("FICKLE_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(SOURCE / "ci" / "helpers" / "python"))

from fickledb import Server  # noqa: E402  (the path above comes first)

SAMPLES = SOURCE / "fixtures" / "samples"


class ServerUnderTest(Server):
    """Ends within a second of SIGTERM with exit code 0, whatever connections are open; anything else fails the test."""

    def stop(self, within=1.0):
        super().stop(within)
