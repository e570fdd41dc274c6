import sys

import pytest

from docs_server import ROOT, DocsServer

sys.path.append(str(ROOT / "tests/databases"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("docs")


@pytest.fixture(scope="session")
def server(folder):
    with DocsServer(folder) as running:
        yield running
