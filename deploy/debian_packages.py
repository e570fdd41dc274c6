"""Debian packages, of this system or unpacked in a folder, and what a container says of them."""

import json
import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# What distributors of packages ask to be told, and what scanners read.
FIELDS = ("Package", "Source", "Version", "Architecture", "Maintainer", "Homepage")


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True, order=True)
class Package:
    """A binary package of Debian's."""

    name: str
    version: str
    source: str
    # The paragraph of a dpkg database, with the fields above alone.
    paragraph: str
    copyright: Path

    @property
    def url(self) -> str:
        """As https://github.com/package-url/purl-spec writes it, for Debian 12."""
        architecture = re.search(r"^Architecture: (.+)$", self.paragraph, re.MULTILINE)
        assert architecture is not None, self.name
        version = self.version.replace("+", "%2B").replace(":", "%3A")
        return f"pkg:deb/debian/{self.name}@{version}?arch={architecture[1]}&distro=debian-12"


def read_package(paragraph: str, root: Path) -> Package:
    fields: dict[str, str] = dict(re.findall(r"^([A-Za-z-]+): (.*)$", paragraph, re.MULTILINE))
    name = fields["Package"]
    return Package(
        name=name,
        version=fields["Version"],
        source=fields.get("Source", name).partition(" ")[0],
        paragraph="".join(f"{field}: {fields[field]}\n" for field in FIELDS if field in fields),
        copyright=root / "usr/share/doc" / name / "copyright",
    )


def known_names(file: Path, root: Path) -> set[str]:
    """The names that dpkg may know a file by: what it links to, and /lib, which became /usr/lib."""
    paths = {"/" + str(one.relative_to(root)) for one in (file, file.resolve())}
    merged = {path.removeprefix("/usr") for path in paths if path.startswith("/usr/lib")}
    return paths | merged


def packages_of(files: Iterable[Path], root: Path) -> set[Package]:
    """The packages that files belong to, of the system whose files are below `root`."""
    names = {file: known_names(file, root) for file in files}
    query = ("dpkg-query", "--admindir", root / "var/lib/dpkg")
    asked = subprocess.run(
        [*query, "-S", *sorted(set().union(*names.values()))],
        check=False,
        capture_output=True,
        text=True,
    )
    owners = {
        path: owner for owner, path in re.findall(r"^(\S+): (.+)$", asked.stdout, re.MULTILINE)
    }
    owned: set[str] = set()
    for file, paths in names.items():
        found = {owners[path] for path in paths if path in owners}
        if not found:
            raise LookupError(f"{file} belongs to no package, so nobody knows what it is")
        owned |= found
    paragraphs = output_of(*query, "-s", *sorted(owned)).split("\n\n")
    return {read_package(text, root) for text in paragraphs if text.strip()}


def unpacked(folder: Path) -> set[Package]:
    """The packages whose archives lie in a folder, unpacked into its folder `root`."""
    archives = sorted(folder.glob("*.deb"))
    return {read_package(output_of("dpkg-deb", "-f", file), folder / "root") for file in archives}


def bill_of_materials(name: str, version: str, digest: str, parts: dict[str, set[Package]]) -> str:
    """SPDX 2.3 of a program and of its packages by their relationship to it."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    created = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    program = {"SPDXID": "SPDXRef-program", "name": name, "versionInfo": version}
    packages = [program | {"downloadLocation": "NOASSERTION", "filesAnalyzed": False}]
    related = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-program")]
    for relationship, members in parts.items():
        for package in sorted(members):
            key = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", package.name.replace("+", "plus"))
            packages.append(spdx_package(key, package))
            related.append(("SPDXRef-program", relationship, key))
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{name} {version}",
        "documentNamespace": f"urn:sha256:{digest}",
        "creationInfo": {"created": created, "creators": ["Tool: script/image"]},
        "packages": packages,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in related
        ],
    }
    return json.dumps(document, indent=1) + "\n"


def spdx_package(key: str, package: Package) -> dict:
    reference = {
        "referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl",
        "referenceLocator": package.url,
    }
    return {
        "SPDXID": key,
        "name": package.name,
        "versionInfo": package.version,
        "sourceInfo": f"built from the source package {package.source}",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "externalRefs": [reference],
    }
