"""The FickleDB that a suite is run against, and the python and folders that runners share."""
import os
import re
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("FICKLEDB_BIN", os.path.join(ROOT, "build", "fickledb"))
PYTHON = os.environ.get("FICKLE_PYTHON", "/usr/bin/python3")


class Server:
    """A FickleDB of its own, on a free port, in the fashion of --auth shape."""

    def __init__(self, *flags):
        self.process = subprocess.Popen([BIN, "serve", "--port", "0", "--host", "127.0.0.1", *flags], stdout=subprocess.PIPE, text=True)
        self.endpoint = None
        for line in self.process.stdout:
            found = re.match(r"endpoint\s+(\S+)", line)
            if found:
                self.endpoint = found.group(1).replace("localhost", "127.0.0.1")
                break
        if self.endpoint is None:
            sys.exit("suites: %s did not start" % BIN)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(5)
