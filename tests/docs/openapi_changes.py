"""What in an OpenAPI document breaks programs that were written for an older one.

A caller breaks where a path, method, parameter, allowed value, kind of answer or member of one is
gone, where a type is another, where a member may be missing or null that was always there, and
where something has to be sent that was not needed. What is added breaks nobody.
"""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
MOST_DEPTH = 12


def resolved(document: Document, node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


class Comparison:
    def __init__(self, before: Document, after: Document) -> None:
        self.before, self.after = before, after

    def changes(self) -> Iterator[str]:
        for path, methods in self.before["paths"].items():
            for method, operation in methods.items():
                where = f"{method.upper()} {path}"
                now = self.after["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where} is gone"
                    continue
                yield from self.parameters(where, operation, now)
                yield from self.body(where, operation, now)
                yield from self.answers(where, operation, now)

    def parameters(self, where: str, before: Document, after: Document) -> Iterator[str]:
        def by_name(document: Document, operation: Document) -> dict[tuple[str, str], Document]:
            listed = (resolved(document, one) for one in operation.get("parameters", []))
            return {(one["in"], one["name"]): one for one in listed}

        old, new = by_name(self.before, before), by_name(self.after, after)
        for key, parameter in new.items():
            needed = parameter.get("required", False)
            if needed and not old.get(key, {}).get("required", False):
                yield f"{where}: {key[1]} has to be sent"
        for key, parameter in old.items():
            if key not in new:
                yield f"{where}: parameter {key[1]} is gone"
                continue
            place = f"{where}: {key[1]}"
            yield from self.asked(place, parameter["schema"], new[key]["schema"])

    def body(self, where: str, before: Document, after: Document) -> Iterator[str]:
        old = resolved(self.before, before.get("requestBody", {}))
        new = resolved(self.after, after.get("requestBody", {}))
        if new.get("required", False) and not old.get("required", False):
            yield f"{where}: a body has to be sent"
        for kind, content in old.get("content", {}).items():
            if kind not in new.get("content", {}):
                yield f"{where}: a body of {kind} is not taken any more"
            else:
                place = f"{where}: body"
                yield from self.asked(place, content["schema"], new["content"][kind]["schema"])

    def answers(self, where: str, before: Document, after: Document) -> Iterator[str]:
        for status, answer in before["responses"].items():
            if status not in after["responses"]:
                yield f"{where}: answer {status} is gone"
                continue
            old = resolved(self.before, answer).get("content", {})
            new = resolved(self.after, after["responses"][status]).get("content", {})
            for kind, content in old.items():
                place = f"{where} {status} {kind}"
                if kind not in new:
                    yield f"{place} is gone"
                else:
                    yield from self.told(place, content["schema"], new[kind]["schema"])

    def asked(self, where: str, before: Any, after: Any, depth: int = 0) -> Iterator[str]:
        """What is sent: whatever was allowed must stay so."""
        before, after = resolved(self.before, before), resolved(self.after, after)
        if before.get("type") != after.get("type"):
            yield f"{where} is {after.get('type')} instead of {before.get('type')}"
        if "enum" in after:
            for value in before.get("enum", ["any value"]):
                if value not in after["enum"]:
                    yield f"{where} does not take {value} any more"
        for limit, tightened in (("minimum", 1), ("maximum", -1), ("maxItems", -1)):
            old, new = before.get(limit), after.get(limit)
            if new is not None and (old is None or (new - old) * tightened > 0):
                yield f"{where} has the {limit} {new} instead of {old}"
        for name in after.get("required", []):
            if name not in before.get("required", []):
                yield f"{where}: {name} has to be sent"
        for name in before.get("properties", {}):
            if name not in after.get("properties", {}):
                yield f"{where}: {name} is not taken any more"
        yield from self.within(self.asked, where, before, after, depth)

    def told(self, where: str, before: Any, after: Any, depth: int = 0) -> Iterator[str]:
        """What is answered: whatever could be relied on must stay so."""
        before, after = resolved(self.before, before), resolved(self.after, after)
        if before.get("type") != after.get("type"):
            yield f"{where} is {after.get('type')} instead of {before.get('type')}"
        if after.get("nullable", False) and not before.get("nullable", False):
            yield f"{where} may be null"
        for name in before.get("properties", {}):
            if name not in after.get("properties", {}):
                yield f"{where}: {name} is gone"
        for name in before.get("required", []):
            if name not in after.get("required", []):
                yield f"{where}: {name} may be missing"
        for value in after.get("enum", []) if "enum" in before else []:
            if value not in before["enum"]:
                yield f"{where} may be {value}"
        yield from self.within(self.told, where, before, after, depth)

    def within(
        self, compare: Any, where: str, before: Document, after: Document, depth: int
    ) -> Iterator[str]:
        if depth == MOST_DEPTH:
            return
        for name, schema in before.get("properties", {}).items():
            if name in after.get("properties", {}):
                yield from compare(f"{where}.{name}", schema, after["properties"][name], depth + 1)
        alternatives = zip(before.get("anyOf", []), after.get("anyOf", []), strict=False)
        for number, (old, new) in enumerate(alternatives):
            yield from compare(f"{where}({number})", old, new, depth + 1)
        if len(before.get("anyOf", [])) > len(after.get("anyOf", [])):
            yield f"{where} has fewer alternatives"
        if "items" in before and "items" in after:
            yield from compare(f"{where}[]", before["items"], after["items"], depth + 1)


def breaking_changes(before: Document, after: Document) -> list[str]:
    return sorted(set(Comparison(before, after).changes()))
