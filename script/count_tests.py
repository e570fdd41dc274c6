"""Adds up the tests of JUnit reports: the last line is "N passed, N failed, N skipped"."""

import sys
import xml.etree.ElementTree as xml


def outcome(case):
    kinds = {child.tag for child in case}
    if kinds & {"failure", "error"} or case.get("status") == "fail":
        return "failed"
    return "skipped" if "skipped" in kinds or case.get("status") == "notrun" else "passed"


def main(paths):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path in paths:
        for case in xml.parse(path).iter("testcase"):
            counts[outcome(case)] += 1
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
