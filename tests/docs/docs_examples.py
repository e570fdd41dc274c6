"""The examples of Markdown pages: read, run and compared.

A fenced block marked `sh` is an example where it has lines that begin with "$ ". Such a line is a
command (a backslash or a pipe at its end continues it); what follows until the next is what it
prints, and "..." there stands for whatever changes from run to run. A block runs in one shell; all
blocks of a page run in one folder, from the top down.
A block marked `python` or `js` is a program, and a `text` block right behind it is what it prints.

`python3 tests/docs/docs_examples.py` runs all of them and writes what they really print into the
pages, so that a change of an answer can be read as a diff.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from docs_server import BINARY, ROOT, DocsServer, clean_environment

# performance.md records one run of a benchmark, whose figures are never the same again.
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.name != "performance.md"),
]
WRITTEN_ADDRESS = "http://127.0.0.1:8000"
PROGRAMS = {"python": [sys.executable, "-"], "js": ["node", "-"], "r": ["Rscript", "-"]}
FENCE = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Command:
    text: str
    printed: str = ""


@dataclass
class Example:
    page: Path
    line: int
    language: str
    commands: list[Command] = field(default_factory=list)
    shows_output: bool = True
    start: int = 0  # where the page shows it, as offsets into the page
    end: int = 0

    def __str__(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def read_commands(block):
    commands: list[Command] = []
    continued = False
    for line in block.splitlines(keepends=True):
        if continued:
            commands[-1].text += line
        elif line.startswith("$ "):
            commands.append(Command(line[2:]))
        elif commands:
            commands[-1].printed += line
        is_command = continued or line.startswith("$ ")
        continued = is_command and line.rstrip().endswith(("\\", "|"))
    return commands


def read_examples(page):
    text = page.read_text(encoding="utf-8")
    examples = []
    blocks = list(FENCE.finditer(text))
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        language, body = block.groups()
        line = text.count("\n", 0, block.start()) + 1
        example = Example(page, line, language, start=block.start(2), end=block.end(2))
        if language == "sh":
            example.commands = read_commands(body)
        elif language in PROGRAMS:
            example.commands = [Command(body)]
            example.shows_output = False
            if following and following[1] == "text":
                between = text[block.end() : following.start()]
                example.shows_output = not between.strip()
            if following and example.shows_output:
                example.commands[0].printed = following[2]
                example.start, example.end = following.span(2)
        if example.commands:
            examples.append(example)
    return examples


def run_example(example, address, folder):
    """What each command of the example printed, on standard output and error."""
    environment = clean_environment() | {"LC_ALL": "C.UTF-8"}
    if example.language == "sh":
        links = Path(folder) / "bin"
        links.mkdir(exist_ok=True)
        if not (links / "chr21").exists():
            (links / "chr21").symlink_to(BINARY)
        environment["PATH"] = f"{links}{os.pathsep}{environment['PATH']}"
        program = ["bash"]
        script = "exec 2>&1\n" + "".join(
            f"{command.text.rstrip()}\nprintf '\\0'\n" for command in example.commands
        )
    else:
        program = PROGRAMS[example.language]
        script = example.commands[0].text
    finished = subprocess.run(
        program,
        input=script.replace(WRITTEN_ADDRESS, address),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stderr
    printed = finished.stdout.replace(address, WRITTEN_ADDRESS).replace("\r\n", "\n")
    return printed.split("\0")[: len(example.commands)]


def agrees(shown, printed):
    """Whether a page shows what was printed, where "..." fits any text."""
    pattern = ".*?".join(re.escape(part) for part in shown.strip("\n").split("..."))
    return re.fullmatch(pattern, printed.strip("\n"), re.DOTALL) is not None


def with_real_output(example, printed):
    """The text of the example's block with what its commands really printed."""
    lines = ""
    for command, real in zip(example.commands, printed, strict=True):
        shown = command.printed if agrees(command.printed, real) else real.strip("\n") + "\n"
        shown = "" if shown == "\n" else shown
        lines += f"$ {command.text}{shown}" if example.language == "sh" else shown
    return lines


def rewrite(page, address, folder):
    text = page.read_text(encoding="utf-8")
    examples = [example for example in read_examples(page) if example.shows_output]
    printed = [run_example(example, address, folder) for example in examples]
    for example, outputs in reversed(
        [*zip(examples, printed, strict=True)]
    ):  # so that offsets stay right
        shown = with_real_output(example, outputs)
        text = text[: example.start] + shown + text[example.end :]
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, DocsServer(folder) as server:
        for changing_page in PAGES:
            rewrite(changing_page, server.address, folder)
