"""The pages say what the program does: every name that it has is there, and none that it lacks."""

import json
import re
import urllib.request

import pytest

from docs_server import ROOT, run_chr21

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
FENCES = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def page_name(page):
    return page.relative_to(ROOT).as_posix()


def without_code(text):
    return FENCES.sub("", text)


def sections(text):
    """Heading -> what follows it, up to the next heading of any level."""
    parts = re.split(r"^#{1,6} +(.+)$", without_code(text), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def anchor(heading):
    """As GitHub makes it: lower case, punctuation dropped, spaces as hyphens."""
    words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading.strip()).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


# The API guide


@pytest.fixture(scope="session")
def openapi(tmp_path_factory):
    return json.loads(run_chr21("openapi", cwd=tmp_path_factory.mktemp("openapi")))


def operations(openapi):
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            yield f"`{method.upper()} {path}`", operation


def test_the_api_guide_has_a_section_for_every_route_and_no_other(openapi):
    served = {name for name, _ in operations(openapi)}
    pages = {"`GET /docs`", "`GET /docs/{file}`"}  # not part of the document
    written = {heading for heading in sections(read("docs/api.md")) if heading.startswith("`")}
    assert written == served | pages


def parameters_written(guide, heading):
    """The names in the first column of a section's table, and those of the filters it links to."""
    names = re.findall(r"^\| `([\w.]+)`", guide[heading], flags=re.MULTILINE)
    if "(#filters)" in guide[heading]:
        names += re.findall(r"^\| `([\w.]+)`", guide["Filters"], flags=re.MULTILINE)
    return names


def test_the_api_guide_lists_the_attributes_that_name_genes():
    guide = sections(read("docs/api.md"))["Attributes that name genes"]
    known = re.findall(r'\{"(\w+)", OtherName::', read("src/gene/other_names.cpp"))
    assert len(known) > 40
    assert sorted(re.findall(r"`(\w+)`", guide)) == sorted(known)


def test_the_api_guide_explains_every_parameter_where_it_is_taken(openapi):
    guide = sections(read("docs/api.md"))
    for heading, operation in operations(openapi):
        taken = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert set(parameters_written(guide, heading)) == taken, heading


def test_the_api_guide_names_every_member_of_every_answer(openapi):
    guide = read("docs/api.md") + read("docs/errors.md")
    for name, schema in openapi["components"]["schemas"].items():
        for member in schema.get("properties", {}):
            assert re.search(rf'`{member}`|"{member}":', guide), f"{member} of {name}"


def test_the_api_guide_names_every_header_that_scripts_may_read():
    (listed,) = re.findall(
        r'"(Content-Disposition, [^;]*?)"\)', read("src/service/delivery.cpp"), re.S
    )
    names = re.findall(r"[A-Z][\w-]+", listed)
    assert len(names) >= 8
    for name in names:
        assert f"`{name}`" in read("docs/api.md"), name


def test_the_api_guide_names_every_field_and_format(openapi):
    guide = read("docs/api.md")
    schemas = openapi["components"]["schemas"]
    formats = next(
        parameter["schema"]["enum"]
        for parameter in openapi["paths"]["/genes"]["get"]["parameters"]
        if parameter["name"] == "format"
    )
    for name in [*schemas["Gene"]["properties"], *schemas["SelectedGene"]["properties"], *formats]:
        assert f"`{name}`" in guide, name
    for media_type in openapi["paths"]["/genes"]["get"]["responses"]["200"]["content"]:
        assert f"`{media_type}`" in guide, media_type


# Operations


DATASETS_ACTIONS = ("list", "show", "activate", "drop", "prune", "verify", "prepare")
MIGRATE_ACTIONS = ("status", "check", "up")


def options(subcommand, folder):
    """(flag, default, environment variable) of everything that `--help` lists."""
    text = run_chr21(*subcommand.split(), "--help", cwd=folder)
    for line in re.findall(r"^  (-.+)$", text, flags=re.MULTILINE):
        flag = re.findall(r"--[\w-]+", line)[0]
        default = re.search(r"=([^(]*?)(?: \(Env|  |$)", line)
        variable = re.search(r"\(Env:(\w+)\)", line)
        yield flag, default and default[1], variable and variable[1]


SUBCOMMANDS = (
    *("serve", "get", "load", "openapi"),
    *("datasets", *(f"datasets {action}" for action in DATASETS_ACTIONS)),
    *("migrate", *(f"migrate {action}" for action in MIGRATE_ACTIONS)),
)


def subcommands(folder, *parents):
    text = run_chr21(*parents, "--help", cwd=folder).partition("\nSubcommands:\n")[2]
    for name in re.findall(r"^  (\w+) ", text, flags=re.MULTILINE):
        yield " ".join([*parents, name])
        yield from subcommands(folder, *parents, name)


def test_operations_tells_what_every_subcommand_does(tmp_path):
    assert sorted(subcommands(tmp_path)) == sorted(SUBCOMMANDS)
    table = "".join(re.findall(r"^\| `chr21 .*$", read("docs/operations.md"), flags=re.MULTILINE))
    for subcommand in SUBCOMMANDS:
        name, _, action = subcommand.partition(" ")
        assert f"`chr21 {name}" in table
        assert not action or f"`{action}`" in table or f" {action}`" in table, subcommand


@pytest.mark.parametrize("subcommand", SUBCOMMANDS)
def test_operations_has_a_row_for_every_flag_with_its_variable_and_default(subcommand, tmp_path):
    page = read("docs/operations.md")
    for flag, default, variable in options(subcommand, tmp_path):
        if flag in {"--help", "--help-all"}:
            assert f"`{flag}`" in page
            continue
        rows = re.findall(rf"^\| `{flag}`.*$", page, flags=re.MULTILINE)
        assert len(rows) == 1, f"{flag} of chr21 {subcommand}"
        assert variable is None or f"`{variable}`" in rows[0], flag
        if flag in {"--memory-limit", "--buffer-limit"}:  # shares of what the machine has
            assert re.fullmatch(r"\d+MiB", default), flag
        elif default and flag != "--threads":  # whose default depends on the machine
            seconds = re.fullmatch(r"(\d+)000ms", default)
            shown = f"{seconds[1]}s" if seconds else default
            assert f"`{shown}`" in rows[0], flag


def test_operations_has_no_flag_or_variable_that_the_program_lacks(tmp_path):
    known = {"--help", "--help-all", "--version"}
    for subcommand in SUBCOMMANDS:
        for flag, _, variable in options(subcommand, tmp_path):
            known |= {flag, variable}
    page = read("docs/operations.md")
    assert set(re.findall(r"^\| `(--[\w-]+)`", page, flags=re.MULTILINE)) <= known
    assert set(re.findall(r"CHR21_\w+", page)) <= known


def test_operations_explains_every_metric_and_no_other(server):
    for path in ("/genes", "/no-such-route"):
        try:
            urllib.request.urlopen(server.address + path, timeout=30).close()
        except urllib.error.HTTPError as refusal:
            assert refusal.code == 404
            refusal.close()
    with urllib.request.urlopen(server.address + "/metrics", timeout=30) as answer:
        exposed = set(re.findall(r"^# TYPE (\w+)", answer.read().decode(), flags=re.MULTILINE))
    page = read("docs/operations.md")
    written = set(re.findall(r"^\| `((?:chr21|process)_\w+)", page, flags=re.MULTILINE))
    assert written == exposed


def test_operations_explains_every_field_of_the_log(server):
    with urllib.request.urlopen(server.address + "/health", timeout=30):
        pass
    page = read("docs/operations.md")
    for line in server.log:
        for name in json.loads(line):
            assert f"`{name}`" in page, line


def test_operations_explains_every_message_of_the_log():
    messages = re.findall(r'member\("message", "([^"]+)"\)', read("src/observe/log_line.cpp"))
    assert len(messages) >= 11
    page = read("docs/operations.md")
    for message in messages:
        assert f"\n| `{message}` |" in page, message


# Loading


def test_loading_explains_every_flag_of_load_and_of_the_commands_for_datasets(tmp_path):
    page = read("docs/loading.md")
    for subcommand in ("load", *(f"datasets {action}" for action in DATASETS_ACTIONS)):
        for flag, _, _ in options(subcommand, tmp_path):
            assert f"`{flag}" in page or f" {flag}" in page or flag.startswith("--help"), flag
    for action in DATASETS_ACTIONS:
        assert f"`chr21 datasets {action}" in page


def test_loading_explains_every_member_of_the_report(tmp_path):
    page = sections(read("docs/loading.md"))["The report"]
    arguments = ("load", "--bundled", "--dry-run", "--report", "json")
    told = json.loads(run_chr21(*arguments, cwd=tmp_path))
    for name in [*told, *told["report"]]:
        assert f"`{name}`" in page, name
    outcomes = re.findall(r'^ +return "([a-z_]+)";$', read("src/cli/load.cpp"), re.MULTILINE)
    assert len(outcomes) == 5
    for outcome in outcomes:
        assert f"`{outcome}`" in page, outcome


# Errors


PROBLEMS = re.findall(r'\{(\d{3}), "([a-z-]+)", "([^"]+)"', read("src/api/problem.cpp"))


def error_sections():
    """(status, code) -> text."""
    parts = re.split(r"^## (\d{3}) `([a-z-]+)`$", read("docs/errors.md"), flags=re.MULTILINE)
    return dict(zip(zip(parts[1::3], parts[2::3], strict=True), parts[3::3], strict=True))


def test_errors_has_a_section_for_every_problem_and_no_other():
    assert len(PROBLEMS) >= 13
    assert list(error_sections()) == [(status, code) for status, code, _ in PROBLEMS]


@pytest.mark.parametrize(("status", "code", "title"), PROBLEMS)
def test_a_section_of_errors_tells_cause_and_remedy_and_shows_the_problem(status, code, title):
    section = error_sections()[status, code]
    assert "**Cause.**" in section
    assert "**What to do.**" in section
    shown = json.loads(re.findall(r"^\{.*\}$", section, flags=re.MULTILINE)[0])
    assert shown["type"] == f"urn:chr21:problem:{code}"
    assert shown["title"] == title
    assert shown["status"] == int(status)
    assert shown["message"] == shown["detail"]


def diagnoses():
    """What the engines say of faults: the words before the remedy."""
    for engine in ("sqlite", "postgresql", "mysql"):
        source = re.sub(r'"\s*"', "", read(f"src/store/sql/engine/{engine}_engine.cpp"))
        for text in re.findall(r'"([a-z][^"]+); [^"]+"', source):
            yield engine, text


@pytest.mark.parametrize(("engine", "text"), sorted(set(diagnoses())))
def test_errors_explains_every_fault_of_a_database(engine, text):
    table = "".join(re.findall(r"^\| .*$", read("docs/errors.md"), flags=re.MULTILINE))
    said = re.sub(r"(, also after 5 seconds|: it is a directory)$", "", text)
    said = re.sub(r" in (sslrootcert|ssl_ca)$", " in ...", said)
    assert said in table


# Decisions, contributing


@pytest.mark.parametrize("page", DECISIONS, ids=page_name)
def test_a_decision_has_three_parts_and_fits_on_a_screen(page):
    text = page.read_text(encoding="utf-8")
    assert re.match(r"# \d{4} ", text) and text[2:6] == page.name[:4]
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_gaps_and_listed():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    for page in DECISIONS:
        assert f"(decisions/{page.name})" in read("docs/architecture.md")


def test_contributing_names_every_preset():
    for preset in json.loads(read("CMakePresets.json"))["configurePresets"]:
        if not preset.get("hidden"):
            assert f"`{preset['name']}`" in read("CONTRIBUTING.md"), preset["name"]


# All pages


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_within_the_repository_leads_somewhere(page):
    text = without_code(page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page_name(page)} links to {target}"
        if fragment:
            headings = map(anchor, re.findall(r"^#+ (.+)$", without_code(file.read_text()), re.M))
            assert fragment in headings, f"{page_name(page)} links to {target}"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs/architecture.svg"], ids=page_name)
def test_a_page_names_no_other_host_and_no_path_of_one_machine(page):
    text = page.read_text(encoding="utf-8")
    allowed = {"127.0.0.1", "keepachangelog.com", "semver.org", "www.w3.org"}
    hosts = {host.rpartition("@")[2] for host in re.findall(r"\bhttps?://([\w.@-]+)", text)}
    assert {host for host in hosts - allowed if not host.endswith(".example")} == set()
    assert re.findall(r"(?<![\w.])/(?:home|root|work|tmp/)\b\S*", text) == []


def test_operations_names_every_library_that_is_inside():
    section = sections(read("docs/operations.md"))["Libraries inside and beside"].lower()
    inside = re.findall(r"^found_library\(([a-z0-9]+)[_ ]", read("cmake/libraries.cmake"), re.M)
    assert len(inside) >= 7
    for name in inside:
        assert name in section, name
