"""wrk, and what a round of it tells."""

import dataclasses
import re
import subprocess

PIPELINE = """\
init = function(arguments)
    local batch = {}
    for i = 1, 16 do batch[i] = wrk.format() end
    pipeline = table.concat(batch)
end
request = function() return pipeline end
"""

POST = """\
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[%s]]
"""


@dataclasses.dataclass
class Round:
    requests_per_second: float
    cpu_microseconds: float  # of the server, per request


def script_of(row, folder):
    """What tells wrk to send the row's requests, where they are more than a GET; else None."""
    if row.pipelined:
        text = PIPELINE
    elif row.body is not None:
        text = POST % row.body
    else:
        return None
    script = folder / f"{row.file}.lua"
    script.write_text(text)
    return script


def run_wrk(server, path, pinned, connections=32, script=None, status=200):
    """One second of load on `server`, every answer of which should have that status."""
    command = [*pinned, "wrk", "-t1", f"-c{connections}", "-d1s"]
    if script:
        command += ["-s", str(script)]
    before = server.cpu_seconds()
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    ).stdout
    spent = server.cpu_seconds() - before
    if ("Non-2xx" in said) != (status >= 300) or "Socket errors" in said:
        raise RuntimeError(f"wrk saw failures on {path}:\n{said}")
    requests = int(re.findall(r"(\d+) requests in", said)[0])
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    return Round(rate, 1e6 * spent / requests)
