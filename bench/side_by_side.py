"""What the benchmarks of bindings share: one piece of work, done by a recipe and by a program of node, in turns."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / "bench" / "target"
LAB_CACHE = Path(os.environ.get("HEARTH_LAB_CACHE", Path.home() / ".cache" / "hearth-lab"))


def npm(*packages):
    """Packages of npm in a folder of their own, fetched once."""
    there = SCRATCH / "npm" / "-".join(packages).replace("/", "_")
    if not (there / "complete").exists():
        there.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(there), *packages], check=True
        )
        (there / "complete").touch()
    return there


class Sides:
    """A recipe and a program of node that print `{"ms": …}` for each piece of work; times are of the work alone."""

    def __init__(self, folder, recipe, node, grants, environment):
        self.environment = {**os.environ, **environment, "HEARTH_STANDBY": "off"}
        home = folder / "home"
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            self.environment[f"HEARTH_{name}_HOME"] = str(home / name.lower())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "work.js").write_text(recipe)
        (folder / "work.mjs").write_text(node)
        subprocess.run([ROOT / "hearth", "version"], check=True, stdout=subprocess.DEVNULL, env=self.environment)
        self.commands = {
            "hearth": [str(ROOT / "hearth"), "run", "--quiet", *grants, str(folder / "work.js")],
            "node": [shutil.which("node"), str(folder / "work.mjs")],
        }

    def measure(self, side, **arguments):
        """Milliseconds of each piece of work, as the program says them, and its peak in MiB."""
        environment = {**self.environment, "BENCH_ARGUMENTS": json.dumps(arguments)}
        command = self.commands[side]
        if side == "hearth":
            command = [*command, *(f"--{name}={value}" for name, value in arguments.items())]
        with tempfile.TemporaryFile("w+") as output:
            process = os.posix_spawn(
                command[0], command, environment, file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)]
            )
            _, status, usage = os.wait4(process, 0)
            output.seek(0)
            said = output.read()
        if status != 0:
            sys.exit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}:\n{said}")
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        return json.loads(said[said.index("{") : said.rindex("}") + 1])["ms"], peak

    def compare(self, rounds, **arguments):
        """Medians of alternating rounds: by side, milliseconds by piece of work, and the peak.

        An argument that is a function is called before each measurement.
        """
        samples = {side: [] for side in self.commands}
        for _ in range(rounds):
            for side, kept in samples.items():
                given = {name: value() if callable(value) else value for name, value in arguments.items()}
                kept.append(self.measure(side, **given))
        return {
            side: (
                {work: statistics.median(ms[work] for ms, _ in kept) for work in kept[0][0]},
                statistics.median(peak for _, peak in kept),
            )
            for side, kept in samples.items()
        }


def report(title, result, aims):
    """Prints both sides and the ratios against their aims; returns how many were missed."""
    print(f"{title}      {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    works = list(result["hearth"][0])
    print(f"{'':10}" + "".join(f"{work + ' ms':>22}" for work in works) + f"{'peak MiB':>12}")
    for side, (ms, peak) in result.items():
        print(f"{side:10}" + "".join(f"{ms[work]:22.0f}" for work in works) + f"{peak:12.0f}")
    missed = 0
    (hearth, own), (node, other) = result["hearth"], result["node"]
    ratios = {work: hearth[work] / node[work] for work in works} | {"memory": own / other}
    for what, ratio in ratios.items():
        aim = aims.get(what)
        verdict = "(reported)" if aim is None else f"(aim {aim:g} x) {'met' if ratio <= aim else 'MISSED'}"
        missed += aim is not None and ratio > aim
        print(f"{what} against node: {ratio:.2f} x {verdict}")
    return missed


class Lab:
    """A real system of `.ci/lab-…`, started for the time of the benchmark."""

    def __init__(self, script, *start):
        self.script = ROOT / ".ci" / script
        self.start = start
        self.folder = Path(tempfile.mkdtemp(prefix="bench-"))

    def __enter__(self):
        verb, *rest = self.start
        subprocess.run([self.script, verb, *(str(self.folder) if word is None else word for word in rest)], check=True,
                       stdout=subprocess.DEVNULL)
        return self.folder

    def __exit__(self, *_):
        subprocess.run([self.script, "stop", str(self.folder)], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)
