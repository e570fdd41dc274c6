"""The rooms of src/ use each other only along the arrows of docs/architecture.md."""

import pytest

from docs_server import ROOT
from room_arrows import LIBRARIES, MAY_USE, find_violations, includes_between_rooms, room_of

SOURCE = ROOT / "src"


def test_every_include_follows_an_arrow():
    assert [str(violation) for violation in find_violations(SOURCE)] == []


def test_every_room_of_the_table_has_files():
    rooms = {room_of(file.relative_to(SOURCE).as_posix()) for file in SOURCE.rglob("*.?pp")}
    assert rooms == set(MAY_USE)


def test_every_arrow_and_library_of_the_tables_is_used():
    granted = {(room, used) for room, uses in MAY_USE.items() for used in uses}
    assert granted - includes_between_rooms(SOURCE) == set()
    text = "".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.?pp"))
    unused = {library for library in LIBRARIES if f"<{library}" not in text}
    assert unused <= {"boost/asio"}  # Beast brings it along


def write_file(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_tree_that_follows_the_arrows_has_no_violation(tmp_path):
    for path, text in {
        "gene/gene.hpp": "#pragma once\n#include <string>\n",
        "store/gene_store.hpp": '#include "gene/gene.hpp"\n',
        "store/sql/engine/session.cpp": (
            '#include <libpq-fe.h>\n\n#include "store/gene_store.hpp"\n'
        ),
        "api/service.cpp": '#include "web/reference.hpp"\n#include "store/gene_store.hpp"\n',
        "cli/main.cpp": '#include <CLI/CLI.hpp>\n#include "store/sql/database.hpp"\n',
    }.items():
        write_file(tmp_path / path, text)
    assert find_violations(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "line", "complaint"),
    [
        ("gene/gene.hpp", '#include "store/gene_store.hpp"', "gene may use text, and not store"),
        ("mart/rows.cpp", '#include "service/query.hpp"', "and not service"),
        ("store/gene_store.hpp", '#include "store/memory/catalog.hpp"', "and not store/memory"),
        ("store/memory/catalog.cpp", '#include "store/sql/query.hpp"', "and not store/sql"),
        ("store/sql/query.hpp", '#include "service/request.hpp"', "and not service"),
        ("observe/log.cpp", '#include "store/gene_store.hpp"', "and not store"),
        ("api/service.cpp", '#include "store/memory/catalog.hpp"', "and not store/memory"),
        ("api/service.cpp", '#  include "store/sql/database.hpp"', "and not store/sql"),
        ("api/service.cpp", '#include "mart/rows.hpp"', "and not mart"),
        ("api/service.cpp", '#include "transport/http/server.hpp"', "and not transport/http"),
        ("transport/http/loop.cpp", '#include "store/gene_store.hpp"', "and not store"),
        ("transport/http/loop.cpp", '#include "cli/settings.hpp"', "and not cli"),
        ("datasets/dataset_source.cpp", '#include "cli/settings.hpp"', "and not cli"),
        ("datasets/dataset_source.cpp", '#include "api/representation.hpp"', "and not api"),
        ("gene/gene.cpp", '#include "cli/settings.hpp"', "and not cli"),
        ("api/service.cpp", '#include "service.hpp"', "no room has this header"),
        ("api/service.cpp", "#include <libpq-fe.h>", "only store/sql/engine may use"),
        (
            "gene/gene.hpp",
            "#include <boost/json.hpp>",
            "only api, cli, datasets, transport/events may use",
        ),
        (
            "api/service.cpp",
            "#include <boost/beast/http.hpp>",
            "only https, transport/http, transport/lambda may use",
        ),
        ("api/service.cpp", "#include <spdlog/spdlog.h>", "only observe may use"),
        ("api/service.cpp", "#include <prometheus/registry.h>", "only observe may use"),
        ("api/service.cpp", "#include <CLI/CLI.hpp>", "only cli may use"),
        ("store/sql/query.hpp", "#include <yaml-cpp/yaml.h>", "only api, cli may use"),
        ("mart/rows.cpp", "#include <utf8proc.h>", "only text may use"),
        ("gene/gene.cpp", "#include <unistd.h>", "and not gene"),
        ("api/service.cpp", "#include <boost/regex.hpp>", "this library has no room"),
        ("attic/old.cpp", "", "in no room"),
    ],
)
def test_an_include_against_the_arrows_is_found(tmp_path, path, line, complaint):
    write_file(tmp_path / path, f"#include <vector>\n{line}\n")
    found = find_violations(tmp_path)
    assert len(found) == 1
    assert found[0].file == path
    assert complaint in str(found[0])
