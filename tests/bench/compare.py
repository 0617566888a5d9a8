# compare.py: the table of training and inference speed: Lamina beside each peer that is installed
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""compare.py BENCH_TRAIN [--rounds N] [--epochs N] [--networks S1,S2] [--windows N]

Peers are Pythons that have them, named by environment variables: LAMINA_TORCH, LAMINA_KERAS_JAX, LAMINA_KERAS_TENSORFLOW;
several versions of one, for one table, are joined by colons. For each network every program runs in turn, with one thread and
with two, each bound to as many processors; then the next round, so that whatever else the machine does hits all alike. A figure
is the median over the rounds of the median epoch; networks that take long are timed on fewer windows, and their epochs told for
all of them.
Never fails a test run.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "peers"))
import networks  # noqa: E402

PEERS = {"PyTorch": ("LAMINA_TORCH", "peer_torch.py", {}),
         "Keras/JAX": ("LAMINA_KERAS_JAX", "peer_keras.py", {"KERAS_BACKEND": "jax"}),
         "Keras/TensorFlow": ("LAMINA_KERAS_TENSORFLOW", "peer_keras.py", {"KERAS_BACKEND": "tensorflow"})}


def run(command, threads, extra=None):
    """The program's line of JSON; None where it failed, with the reason on standard error."""
    env = dict(os.environ, OMP_NUM_THREADS=str(threads), PYTHONDONTWRITEBYTECODE="1", **(extra or {}))
    cpus = ",".join(str(c) for c in sorted(os.sched_getaffinity(0))[:threads])
    done = subprocess.run(["taskset", "-c", cpus, *command], env=env, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{' '.join(command)}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


class Series:
    """What one program measured with so many threads, round after round; seconds times `scale`."""

    def __init__(self, scale):
        self.results, self.scale = [], scale

    def add(self, result):
        if result is not None:
            self.results.append(dict(result, epoch_s=result["epoch_s"] * self.scale))

    def median(self, key):
        values = [r[key] for r in self.results if key in r]
        return statistics.median(values) if values else None


def find_peers():
    """{name: (Python, script, environment)}; says which are absent."""
    peers = {}
    for peer, (variable, script, env) in PEERS.items():
        pythons = [p for p in os.environ.get(variable, "").split(":") if p]
        for python in pythons:
            if os.access(python, os.X_OK):
                peers[peer if len(pythons) == 1 else f"{peer} of {python}"] = (python, script, env)
            else:
                print(f"{peer} is absent: {variable} names {python}, which cannot be run.")
        if not pythons:
            print(f"{peer} is absent: {variable} names no Python that has it.")
    return peers


def measure(args, name, peers):
    """{(program, threads): Series}"""
    table = {}
    windows = min(args.windows, networks.MOST_WINDOWS.get(name, args.windows))
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(networks.design(name), file)
        file.flush()
        commands = {"Lamina": ([args.bench, file.name], {})}
        for peer, (python, script, env) in peers.items():
            commands[peer] = ([python, str(HERE / "peers" / script), name], env)
        for _ in range(args.rounds):
            for program, (command, env) in commands.items():
                for threads in (1, 2):
                    tail = [str(threads), str(args.epochs), str(windows)]
                    series = table.setdefault((program, threads), Series(args.windows / windows))
                    series.add(run(command + tail, threads, env))
    return table


def best(table, program, key, least):
    values = [table[program, t].median(key) for t in (1, 2) if (program, t) in table]
    values = [v for v in values if v is not None]
    return (min if least else max)(values) if values else None


def cell(value, form="{:.4f}"):
    return "-" if value is None else form.format(value)


def report(args, name, table, peers):
    bar, share = networks.NETWORKS[name][3:5]
    ours = best(table, "Lamina", "epoch_s", True)
    print(f"\n{name}  (bar: {bar}x PyTorch 1.13.1{f', {share:.0%} of the peak' if share else ''})")
    print(f"  {'':34} {'1 thread':>10} {'2 threads':>10} {'1 window':>10} {'32':>10}   Lamina is faster by")
    for program in ["Lamina", *peers]:
        one, two = table[program, 1], table[program, 2]
        what = one.results[0]["program"] if one.results else program
        theirs = best(table, program, "epoch_s", True)
        faster = ""
        if program != "Lamina" and ours and theirs:
            ratios = [f"{theirs / ours:.1f}x"]
            for key in ("infer_1", "infer_32"):
                a, b = best(table, "Lamina", key, False), best(table, program, key, False)
                ratios.append(f"{a / b:.1f}x" if a and b else "-")
            faster = "training {}, 1 window {}, 32 windows {}".format(*ratios)
        print(f"  {what:34} {cell(one.median('epoch_s')):>10} {cell(two.median('epoch_s')):>10} "
              f"{cell(best(table, program, 'infer_1', False), '{:.0f}'):>10} "
              f"{cell(best(table, program, 'infer_32', False), '{:.0f}'):>10}   {faster}")
    one = table["Lamina", 1]
    if one.results:
        speedup = one.median("epoch_s") / table["Lamina", 2].median("epoch_s") if table["Lamina", 2].results else None
        print(f"  kernels {one.results[0]['kernels']}, peak {one.median('peak_gflops'):.1f} GFLOP/s a processor, "
              f"{one.median('share'):.0%} of it with one thread; 1 to 2 threads {cell(speedup, '{:.2f}')}x; "
              f"training takes {one.median('training_mb'):.1f} MB beyond the data")


def report_growth(args):
    """Time and memory against the number of windows, of steps and of channels."""
    print("\nGrowth of S1, one thread: seconds an epoch and MB beyond the data at 1, 4 and 16 times as many")
    steps, channels, blocks = networks.NETWORKS["S1"][:3]
    for what, sizes in (("windows", [(96 * k, steps, channels) for k in (1, 4, 16)]),
                        ("steps", [(96, steps * k, channels) for k in (1, 4, 16)]),
                        ("channels", [(96, steps, channels * k) for k in (1, 4, 16)])):
        cells = []
        for windows, n, c in sizes:
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump({"lamina_design": 1, "name": "S1", "input_shape": [n, c], "blocks": blocks}, file)
                file.flush()
                result = run([args.bench, file.name, "1", "3", str(windows)], 1)
            cells.append("-" if result is None else f"{result['epoch_s']:.4f} s {result['training_mb']:.1f} MB")
        print(f"  {what:10} " + "   ".join(cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--windows", type=int, default=networks.WINDOWS)
    parser.add_argument("--networks", default=",".join(networks.NETWORKS))
    args = parser.parse_args()

    peers = find_peers()
    print(f"Epochs of {args.windows} windows in mini-batches of {networks.BATCH}, seconds; inference, windows a second. "
          f"Medians of {args.rounds} rounds of {args.epochs} epochs.")
    for name in args.networks.split(","):
        report(args, name, measure(args, name, peers), peers)
        sys.stdout.flush()
    report_growth(args)


main()
