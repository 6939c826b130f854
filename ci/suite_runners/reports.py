"""What test runners report, counted: JUnit, jest and vitest, mocha, TAP, go test."""
import json
import os
import re
import xml.etree.ElementTree as ElementTree


class Totals:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, 0, 0

    def close(self):
        print("%d passed, %d failed, %d skipped" % (self.passed, self.failed, self.skipped))
        return 1 if self.failed else 0


def read_junit(path, totals):
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        kinds = {child.tag for child in case}
        name = "%s::%s" % (case.get("classname"), case.get("name"))
        if kinds & {"failure", "error"}:
            totals.failed += 1
            detail = next(child for child in case if child.tag in ("failure", "error"))
            print("FAILED %s: %s" % (name, (detail.get("message") or "").split("\n")[0][:300]))
        elif "skipped" in kinds:
            totals.skipped += 1
        else:
            totals.passed += 1


def read_jest(path, totals):
    """The JSON that jest and vitest write."""
    if not os.path.exists(path):
        totals.failed += 1
        print("FAILED: no report, see the log")
        return
    with open(path) as text:
        document = json.load(text)
    for file in document["testResults"]:
        if not file["assertionResults"] and file["status"] == "failed":
            totals.failed += 1
            print("FAILED %s: %s" % (file["name"], (file.get("message") or "").split("\n")[0][:300]))
        for test in file["assertionResults"]:
            if test["status"] == "passed":
                totals.passed += 1
            elif test["status"] == "failed":
                totals.failed += 1
                print("FAILED %s: %s" % (test["fullName"], " ".join(" ".join(test.get("failureMessages") or []).split())[:300]))
            else:
                totals.skipped += 1


def read_tap(path, totals):
    with open(path) as text:
        for line in text:
            if re.match(r"ok \d+ .*# (SKIP|TODO)", line):
                totals.skipped += 1
            elif line.startswith("ok "):
                totals.passed += 1
            elif line.startswith("not ok "):
                totals.failed += 1
                print("FAILED " + line[7:].strip())


def read_go(path, totals):
    """The events that `go test -json` writes; the output of a test comes before its end."""
    output, ended = {}, 0
    with open(path) as text:
        for line in text:
            event = json.loads(line) if line.startswith("{") else {}
            name = event.get("Test")
            if not name:
                continue
            if event["Action"] == "output":
                output.setdefault(name, []).append(event["Output"].strip())
            ended += event["Action"] in ("pass", "fail", "skip")
            totals.passed += event["Action"] == "pass"
            totals.skipped += event["Action"] == "skip"
            if event["Action"] == "fail":
                totals.failed += 1
                print("FAILED %s: %s" % (name, " ".join(output.get(name, []))[:300]))
    if ended == 0:
        totals.failed += 1
        print("FAILED: no test ran, see %s" % path)
