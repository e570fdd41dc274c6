"""Every example of the README and of docs/ prints what the page shows."""

import shutil

import pytest

from docs_examples import (
    PAGES,
    PROGRAMS,
    Command,
    agrees,
    read_commands,
    read_examples,
    run_example,
)

EXAMPLES = [example for page in PAGES for example in read_examples(page)]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_prints_what_the_page_shows(example, server, folder):
    if example.language in PROGRAMS and shutil.which(PROGRAMS[example.language][0]) is None:
        pytest.skip(f"{PROGRAMS[example.language][0]} is not installed")
    outputs = run_example(example, server.address, folder)
    if not example.shows_output:
        return  # it ran, which is all that the page promises
    for command, printed in zip(example.commands, outputs, strict=True):
        assert agrees(command.printed, printed), (
            f"{command.text}\nthe page shows:\n{command.printed}\nprinted:\n{printed}"
        )


def test_the_readme_has_five_examples_with_curl():
    commands = [
        command.text
        for example in EXAMPLES
        if example.page.name == "README.md"
        for command in example.commands
    ]
    assert len([text for text in commands if text.startswith("curl")]) == 5


def test_commands_and_what_they_print_are_told_apart():
    block = "$ first \\\n  continued |\n  again\nprinted\nmore |\nlast\n$ second\n"
    assert read_commands(block) == [
        Command("first \\\n  continued |\n  again\n", "printed\nmore |\nlast\n"),
        Command("second\n", ""),
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "agree"),
    [
        ("a\n", "a", True),
        ("a", "b", False),
        ("ETag: ...\n", 'ETag: "12"\n', True),
        ("a...c", "a\nb\nc", True),
        ("a...c", "abd", False),
        ("a.c", "abc", False),
    ],
)
def test_three_dots_stand_for_any_text(shown, printed, agree):
    assert agrees(shown, printed) is agree
