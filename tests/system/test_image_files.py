"""What is in the container image: the program, what it uses, and papers; nothing else."""

import gzip
import json
import re
import stat
import subprocess
from pathlib import Path

import pytest

from container import Image
from server import PROJECT, run

MEGABYTE = 1_000_000
LIBRARIES = {
    *("libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6"),
    *("libfmt.so.9", "libspdlog.so.1.10", "libyaml-cpp.so.0.7", "libprometheus-cpp-core.so.1.0"),
    *("libssl.so.3", "libcrypto.so.3", "libpq.so.5", "libmariadb.so.3", "libz.so.1"),
    *("libmariadb3/plugin/caching_sha2_password.so", "libmariadb3/plugin/mysql_clear_password.so"),
}
STATICALLY_LINKED = {
    *("libboost-container1.81-dev", "libboost-json1.81-dev", "libbrotli-dev", "libcli11-dev"),
    *("libsqlite3-dev", "libutf8proc-dev", "libxxhash-dev", "zlib1g-dev"),
    *("libpq-dev", "postgresql-server-dev-15"),  # libpq.so.5 is linked from their archives
}
LIBRARY = re.compile(r"(?:/usr)?/lib(?:64)?/(?:[a-z0-9_]+-linux-gnu/)?(.+\.so(?:\..+)?)")
DATA = {
    "/etc/nsswitch.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/share/chr21/chr21.sqlite3",
    "/usr/share/chr21/chr21.sqlite3.catalog",
}
# For people and for scanners; the program reads none of them.
PAPERS = re.compile(
    r"/usr/share/doc/.+|/usr/share/common-licenses/.+|/var/lib/dpkg/status\.d/.+"
    r"|/usr/share/chr21/sbom\.spdx\.json"
)


def library_of(path: str) -> str | None:
    found = LIBRARY.fullmatch(path)
    return found[1] if found else None


def bill_of_materials(image: Image) -> dict[str, set[str]]:
    """The packages that the SPDX document names, by how the program is related to them."""
    document = json.loads(image.files["/usr/share/chr21/sbom.spdx.json"].read_text())
    names = {package["SPDXID"]: package["name"] for package in document["packages"]}
    found: dict[str, set[str]] = {}
    for one in document["relationships"]:
        kind = one["relationshipType"]
        found.setdefault(kind, set()).add(names[one["relatedSpdxElement"]])
    return found


def owner_of(path: str) -> str:
    """The package that a file of the image belongs to on the system that it was copied from."""
    for name in (path, path.removeprefix("/usr")):
        asked = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if asked.returncode == 0:
            return asked.stdout.partition(":")[0]
    raise AssertionError(f"dpkg -S knows no {path}")


def test_it_is_small(image):
    whole = sum(file.lstat().st_size for file in image.files.values())
    (layer,) = image.manifest["layers"]
    assert whole <= 24 * MEGABYTE
    assert layer["size"] <= 10 * MEGABYTE


def test_its_libraries_are_those_that_the_program_uses(image):
    found = {name for name in map(library_of, image.files) if name is not None}
    loader = {name for name in found if name.startswith("ld-linux")}
    assert len(loader) == 1
    assert found - loader == LIBRARIES


def test_the_other_files_are_data_and_papers(image):
    others = {
        path
        for path in image.files
        if library_of(path) is None and path not in DATA and not PAPERS.fullmatch(path)
    }
    assert others == {"/usr/bin/chr21", "/var/task/bootstrap"}


def test_the_program_is_where_lambda_looks_for_it(image):
    assert image.files["/var/task/bootstrap"].readlink() == Path("/usr/bin/chr21")
    settings = image.settings["config"]
    assert (settings["Entrypoint"], settings["Cmd"]) == (["/usr/bin/chr21"], ["serve"])


def test_all_can_be_read_by_anyone_and_nothing_but_tmp_be_written(image):
    for file in image.root.rglob("*"):
        path, mode = f"/{file.relative_to(image.root)}", stat.S_IMODE(file.lstat().st_mode)
        is_program = path == "/usr/bin/chr21" or "ld-linux" in path
        if file.is_symlink():
            continue
        if path == "/tmp":
            assert mode == 0o1777
        elif file.is_dir() or is_program:
            assert mode == 0o755, path
        else:
            assert mode == 0o444, path


def test_the_program_is_stripped(image):
    listed = subprocess.run(
        ["readelf", "--wide", "--sections", image.files["/usr/bin/chr21"]],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ".symtab" not in listed.stdout and ".debug" not in listed.stdout


def test_the_bill_of_materials_has_the_packages_of_all_that_was_copied(image):
    copied = {
        owner_of(path) for path in image.files if library_of(path) not in {None, "libpq.so.5"}
    }
    bill = bill_of_materials(image)
    assert bill["DYNAMIC_LINK"] == copied
    assert bill["STATIC_LINK"] == STATICALLY_LINKED
    assert bill["DEPENDS_ON"] == {"ca-certificates"}


def test_scanners_find_the_same_packages_in_their_versions(image):
    bill = bill_of_materials(image)
    folder = image.root / "var/lib/dpkg/status.d"
    assert {file.name for file in folder.iterdir()} == (
        bill["DYNAMIC_LINK"] | bill["STATIC_LINK"] | bill["DEPENDS_ON"]
    )
    for name in bill["DYNAMIC_LINK"]:
        version = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True
        )
        fields = dict(line.split(": ", 1) for line in (folder / name).read_text().splitlines())
        assert (fields["Package"], fields["Version"]) == (name, version.stdout)


def test_every_package_has_its_licence_and_the_texts_that_it_names(image):
    for one in (image.root / "var/lib/dpkg/status.d").iterdir():
        (text,) = (image.root / "usr/share/doc" / one.name).glob("copyright*")
        told = gzip.decompress(text.read_bytes()) if text.suffix == ".gz" else text.read_bytes()
        assert len(told) > 100, one.name
        for name in re.findall(rb"/common-licenses/([A-Z][\w.-]*\w)", told):
            assert f"/usr/share/common-licenses/{name.decode()}" in image.files, one.name
    assert (
        image.files["/usr/share/doc/chr21/LICENSE"].read_text() == (PROJECT / "LICENSE").read_text()
    )
    vendored = {file.name for file in (PROJECT / "web/reference/vendor").glob("*.txt")}
    assert {
        file.name for file in (image.root / "usr/share/doc/chr21/swagger-ui").iterdir()
    } == vendored


def test_it_trusts_the_authorities_of_debian_and_no_others(image):
    text = image.files["/etc/ssl/certs/ca-certificates.crt"].read_text()
    packaged = Path("/usr/share/ca-certificates/mozilla").glob("*.crt")
    assert set(text.split("-----END CERTIFICATE-----")) - {"\n"} == {
        ("\n" if number else "") + file.read_text().split("-----END CERTIFICATE-----")[0]
        for number, file in enumerate(sorted(packaged))
    }


def test_its_labels_tell_what_it_is(image, tmp_path):
    labels = image.settings["config"]["Labels"]
    prefix = "org.opencontainers.image."
    version = run("--version", directory=tmp_path).stdout.decode().split()[1]
    assert labels[f"{prefix}title"] == "chr21"
    assert labels[f"{prefix}version"] == version
    assert labels[f"{prefix}licenses"] == "Apache-2.0"
    assert re.fullmatch(r"[0-9a-f]{40}|unknown", labels[f"{prefix}revision"])


@pytest.mark.parametrize("name", ["DATABASE_URL", "CHR21_HOST"])
def test_its_settings_are_told_by_the_page(image, name):
    settings = dict(one.split("=", 1) for one in image.settings["config"]["Env"])
    page = (PROJECT / "docs/container.md").read_text()
    assert f"`{name}={settings[name]}`" in page
