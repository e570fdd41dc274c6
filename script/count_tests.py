"""Adds up the tests of JUnit reports: the last line is "N passed, N failed, N skipped".

With --strict a test that was skipped because a program is not installed counts as failed.
"""

import sys
from collections.abc import Iterable
from xml.etree import ElementTree

LACKING = ("is not installed", "its package is")


def reason_to_skip(case: ElementTree.Element) -> str:
    told = [case.findtext("system-out") or ""]
    told += [f"{part.get('message', '')} {part.text or ''}" for part in case.iter("skipped")]
    return " ".join(told)


def outcome(case: ElementTree.Element, strict: bool) -> str:
    kinds = {child.tag for child in case}
    if kinds & {"failure", "error"} or case.get("status") == "fail":
        return "failed"
    if "skipped" not in kinds and case.get("status") != "notrun":
        return "passed"
    reason = reason_to_skip(case)
    if strict and any(words in reason for words in LACKING):
        print(f"{case.get('classname')} {case.get('name')} was skipped: {reason.strip()}")
        return "failed"
    return "skipped"


def main(arguments: Iterable[str]) -> int:
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    strict = "--strict" in arguments
    for path in arguments:
        if path != "--strict":
            for case in ElementTree.parse(path).iter("testcase"):
                counts[outcome(case, strict)] += 1
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
