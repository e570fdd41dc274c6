"""`chr21 load` and `chr21 datasets`, as somebody types them."""

import gzip
import json
import subprocess

import pytest

from genes import BUNDLED_EXPORT
from server import BINARY, PATIENCE, clean_environment
from stores import HEADER, Store

ODD = f"{HEADER}\nENSG00000000001,A,,21,1,9,1,miRNA\n,no stable ID,,21,1,9,1,miRNA\n"


def told(done: subprocess.CompletedProcess[bytes], code: int = 1) -> str:
    """The one line of a failure."""
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == code
    assert line.startswith("chr21: ")
    return line


def test_a_load_is_reported_and_answers(store: Store) -> None:
    assert store.listed() == []
    file = store.export("first", 30)
    report = json.loads(store.do("load", str(file)))  # no terminal: JSON
    assert (report["outcome"], report["report"]["genes"]) == ("loaded", 30)
    facts = {"name": "first", "gene_count": 30, "active": True, "source": "first.csv"}
    assert facts.items() <= report["dataset"].items()
    text = store.do("load", str(store.export("second", 40)), "--report", "text")
    assert "40 genes" in text and "second now, and it is the active dataset" in text
    assert json.loads(store.do("get", "/genes"))["total"] == 40
    assert [one["name"] for one in store.listed()] == ["first", "second"]


def test_the_same_bytes_again_change_nothing(store: Store) -> None:
    file = store.export("first", 30)
    store.do("load", str(file))
    before = store.listed()
    for arguments in ((str(file),), (str(file), "--name", "other"), ("-",)):
        again = store.do("load", *arguments, "--report", "text", given=file.read_bytes())
        assert "held these bytes already, as first, which is the active dataset" in again
    assert json.loads(store.do("load", str(file)))["outcome"] == "already_there"
    assert store.listed() == before
    store.load("second", 40)
    again = store.do("load", str(file), "--report", "text")
    assert "as first, which is not active (`chr21 datasets activate` makes it so)" in again
    assert store.active() == "second"


def test_a_name_is_given_once(store: Store) -> None:
    store.load("first", 30)
    file = store.export("second", 40)
    refused = told(store.run("load", str(file), "--name", "first"))
    assert "--name first is that of a dataset made of " in refused
    assert "give this one another name" in refused
    assert [one["name"] for one in store.listed()] == ["first"]
    store.do("load", str(file), "--name", "Zweiter Datensatz é")
    assert store.active() == "Zweiter Datensatz é"


def test_a_name_that_nobody_gave_is_made_to_differ(store: Store) -> None:
    names = []
    for genes in (30, 40, 50):
        file = store.export("mart_export", genes)
        loaded = json.loads(store.do("load", str(file)))
        assert loaded["outcome"] == "loaded"
        digest = loaded["dataset"]["sha256"]
        names.append(loaded["dataset"]["name"])
        assert names[-1] == ("mart_export" if genes == 30 else f"mart_export-{digest[:8]}")
        again = json.loads(store.do("load", str(file)))
        assert (again["outcome"], again["dataset"]["name"]) == ("already_there", names[-1])
    assert [one["name"] for one in store.listed()] == names


def test_labels_are_kept(store: Store) -> None:
    labels = {"species": "Mus musculus", "assembly": "GRCm39", "release": "114"}
    flags = [word for label, text in labels.items() for word in (f"--{label}", text)]
    store.do("load", str(store.export("mice")), "--name", "mice of 114", *flags)
    shown = json.loads(store.do("datasets", "show", "mice of 114", "--json"))
    assert (labels | {"name": "mice of 114", "source": "mice.csv"}).items() <= shown.items()
    answered = json.loads(store.do("get", "/dataset"))
    assert labels.items() <= answered.items()
    assert "Mus musculus, GRCm39, 114" in store.do("datasets", "list")


def test_an_export_comes_through_a_pipe_or_compressed(store: Store) -> None:
    plain = store.export("first", 30).read_bytes()
    piped = json.loads(store.do("load", "-", "--name", "piped", given=plain))
    packed = json.loads(store.do("load", "-", "--name", "packed", given=gzip.compress(plain)))
    file = store.folder / "third.csv.gz"
    file.write_bytes(gzip.compress(store.export("third", 20).read_bytes()))
    third = json.loads(store.do("load", str(file)))
    assert [one["dataset"]["gene_count"] for one in (piped, packed, third)] == [30, 30, 20]
    assert piped["dataset"]["sha256"] != packed["dataset"]["sha256"]
    assert third["dataset"]["name"] == "third"


def test_the_bundled_export_can_be_loaded_by_name(store: Store) -> None:
    loaded = json.loads(store.do("load", "--bundled"))["dataset"]
    assert (loaded["gene_count"], loaded["assembly"]) == (1134, "GRCh38")
    again = store.run("load", str(BUNDLED_EXPORT), "--report", "json")
    assert json.loads(again.stdout)["outcome"] == "already_there"


def test_newly_bundled_genes_go_beside_those_bundled_before(store: Store) -> None:
    name = json.loads(store.do("load", "--bundled", "--dry-run", "--report", "json"))["dataset"][
        "name"
    ]
    former = store.export("former")
    store.do("load", str(former), "--name", name)
    loaded = json.loads(store.do("load", "--bundled", "--report", "json"))["dataset"]
    assert loaded["name"] == f"{name}-{loaded['sha256'][:8]}"
    assert [one["name"] for one in store.listed()] == [name, loaded["name"]]
    assert store.active() == loaded["name"]


def test_strict_writes_nothing_where_something_is_odd(store: Store) -> None:
    store.load("first", 30)
    file = store.folder / "odd.csv"
    file.write_text(ODD)
    refused = store.run("load", str(file), "--strict")
    assert "--strict" in told(refused) and "nothing was written" in told(refused)
    report = json.loads(refused.stdout)
    assert report["outcome"] == "refused"
    (skipped,) = report["report"]["skipped"]
    assert (skipped["reason"], skipped["rows"]) == ("no_stable_id", 1)
    assert store.active() == "first"
    assert json.loads(store.do("load", str(file)))["outcome"] == "loaded"


def test_a_dry_run_writes_nothing(store: Store) -> None:
    before = store.listed()
    report = json.loads(store.do("load", str(store.export("first")), "--dry-run"))
    assert (report["outcome"], report["report"]["genes"]) == ("not_written", 30)
    assert "nothing was written" in store.do(
        *("load", str(store.export("first")), "--dry-run", "--report", "text")
    )
    assert store.listed() == before == []


def test_an_export_that_cannot_be_used_leaves_what_is_there(store: Store) -> None:
    store.load("first", 30)
    for text, complaint in (
        ("", "empty"),
        (f"{HEADER}\n", "no genes"),
        (f"{HEADER}\nENSG1,A,,21,x,9,1,miRNA\n", "line 2"),
        (">ENSG00000142192\nATGC\n", "FASTA"),
    ):
        assert complaint in told(store.run("load", "-", given=text.encode()))
    assert "cannot be opened" in told(store.run("load", "missing.csv"))
    assert [one["name"] for one in store.listed()] == ["first"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("load",),
        ("load", "x.csv", "--bundled"),
        ("load", "x.csv", "--report", "xml"),
        ("datasets",),
        ("datasets", "rename", "first"),
        ("datasets", "show"),
        ("datasets", "activate"),
        ("datasets", "drop"),
        ("datasets", "prune"),
        ("datasets", "prune", "--keep", "-1"),
        ("datasets", "prune", "--keep", "some"),
    ],
    ids=" ".join,
)
def test_other_words_are_usage_errors(tmp_path, arguments: tuple[str, ...]) -> None:
    done = Store(f"sqlite:///{tmp_path}/genes.sqlite3", tmp_path).run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("show", "first"), ("activate", "first"), ("drop", "first"), ("prune", "--keep=1")],
    ids=" ".join,
)
def test_no_file_is_made_to_look_for_datasets(tmp_path, arguments: tuple[str, ...]) -> None:
    done = Store(f"sqlite:///{tmp_path}/genes.sqlite3", tmp_path).run("datasets", *arguments)
    assert "there is no such file" in told(done)
    assert list(tmp_path.iterdir()) == []


def test_datasets_are_listed_shown_and_switched(store: Store) -> None:
    first, second = store.load("first", 30), store.load("second", 40)
    lines = store.do("datasets", "list").splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["first", first["sha256"][:8]],
        ["*", "second"],
    ]
    assert "40" in lines[2].split()
    for pin in ("first", first["sha256"], first["sha256"][:8]):
        shown = store.do("datasets", "show", pin)
        assert first["sha256"] in shown and "30" in shown.split()
    assert store.do("datasets", "activate", first["sha256"][:10]) == "activated first\n"
    assert store.active() == "first"
    assert json.loads(store.do("get", "/genes"))["total"] == 30
    assert store.do("datasets", "activate", "first") == "activated first\n"
    assert json.loads(store.do("get", "/genes?dataset=second"))["total"] == 40
    assert second["name"] == "second"


def test_the_active_dataset_is_never_dropped(store: Store) -> None:
    store.load("first", 30)
    store.load("second", 40)
    refused = told(store.run("datasets", "drop", "second"))
    assert "is the active dataset, which is never dropped; activate another one first" in refused
    assert store.do("datasets", "drop", "first") == "dropped first\n"
    assert [one["name"] for one in store.listed()] == ["second"]
    for action in ("show", "activate", "drop"):
        assert "is no dataset of this database" in told(store.run("datasets", action, "first"))
    assert store.load("first", 30)["active"]


def test_pruning_keeps_the_newest_and_the_active_one(store: Store) -> None:
    for number, name in enumerate(("first", "second", "third", "fourth")):
        store.load(name, 20 + number)
    store.do("datasets", "activate", "first")
    assert store.do("datasets", "prune", "--keep", "2").splitlines() == ["dropped second"]
    assert store.do("datasets", "prune", "--keep", "2") == "nothing to drop\n"
    assert store.do("datasets", "prune", "--keep", "0").splitlines() == [
        "dropped fourth",
        "dropped third",
    ]
    assert [one["name"] for one in store.listed()] == ["first"]
    assert json.loads(store.do("get", "/genes"))["total"] == 20


def test_loads_at_once_are_never_mixed(store: Store) -> None:
    store.load("first", 30)
    exports = [store.export(f"export{number}", 2000 + number) for number in range(4)]
    loads = [
        subprocess.Popen(
            [BINARY, "load", str(export)],
            cwd=store.folder,
            env=clean_environment(DATABASE_URL=store.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for export in exports
    ]
    outcomes = [(load.communicate(timeout=4 * PATIENCE)[1], load.returncode) for load in loads]
    done = [export.stem for export, (_, code) in zip(exports, outcomes, strict=True) if code == 0]
    assert done
    for errors, code in outcomes:
        assert code == 0 or b"another program" in errors
    assert {one["name"] for one in store.listed()} == {"first", *done}
    active = store.active()
    assert active in done
    assert json.loads(store.do("get", "/genes"))["total"] == 2000 + int(active[-1])
    for name in done:
        total = json.loads(store.do("get", f"/genes?dataset={name}&search={name}"))["total"]
        assert total == 2000 + int(name[-1])


def test_the_same_load_twice_at_once_is_made_once(store: Store) -> None:
    store.load("first", 30)
    command = [str(BINARY), "load", str(store.export("second", 2000))]
    environment = clean_environment(DATABASE_URL=store.url)
    loads = [
        subprocess.Popen(command, cwd=store.folder, env=environment, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    outcomes = sorted(
        json.loads(load.communicate(timeout=4 * PATIENCE)[0])["outcome"] for load in loads
    )
    assert outcomes == ["already_there", "already_there", "loaded"]
    assert [one["name"] for one in store.listed()] == ["first", "second"]
