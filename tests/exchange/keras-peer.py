# keras-peer.py: real Keras loads what is exported and gives the same numbers; what a file leaves out is Keras' default
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""keras-peer.py LAMINA_CLI [KIND...]: each kind of block by itself, or those that are named.

meson runs it where LAMINA_KERAS_PYTHON names such a Python, and skips it where it does not.
"""
import inspect
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

SKIPPED = 77
python = os.environ.get("LAMINA_KERAS_PYTHON")
if not python:
    print("LAMINA_KERAS_PYTHON names no Python with Keras 3")
    sys.exit(SKIPPED)
if os.path.realpath(sys.executable) != os.path.realpath(python) and "LAMINA_KERAS_STARTED" not in os.environ:
    os.environ["LAMINA_KERAS_STARTED"] = "1"
    os.execv(python, [python, *sys.argv])

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

import keras  # noqa: E402
import numpy as np  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import core_table  # noqa: E402

CLI, KINDS = os.path.abspath(sys.argv[1]), sys.argv[2:] or core_table.list_kinds()
STEPS, CHANNELS, N_WINDOWS = 12, 4, 5
TOLERANCE = 1e-5

# What comes before a layer so that it gets as many axes as it takes: our block, and Keras' layer.
BEFORE = [
    ([], []),
    ([{"kind": "Reshape", "target_shape": [STEPS, CHANNELS, 1]}], [keras.layers.Reshape((STEPS, CHANNELS, 1))]),
    ([{"kind": "Flatten"}], [keras.layers.Flatten()]),
]
# Values for the arguments that Keras asks for.
REQUIRED = {"filters": 3, "kernel_size": 2, "units": 3, "rate": 0.25, "stddev": 0.1, "target_shape": [-1, 2], "n": 3,
            "dims": [2, 1], "activation": "tanh", "scale": 2.0, "pool_size": 2, "size": 2}


# No such layer is in a Sequential model, and it asks for nothing.
MERGE = keras.layers.Add.__base__


class Failure(Exception):
    pass


def run(folder, *args, expect=0):
    done = subprocess.run([CLI, *map(str, args)], cwd=folder, capture_output=True, text=True)
    if expect is not None and done.returncode != expect:
        raise Failure(f"lamina-cli {args[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.returncode


def compare(folder, file, model, x):
    """What lamina-cli makes of the file is what Keras' model gives."""
    np.save(folder / "X.npy", x)
    run(folder, "predict", file, "X.npy", "-o", "P.npy")
    found, wanted = np.load(folder / "P.npy"), model.predict(x, verbose=0)
    if found.shape != wanted.shape:
        raise Failure(f"Keras gives {wanted.shape}, Lamina {found.shape}")
    apart = np.abs(found - wanted).max() / max(np.abs(wanted).max(), 1e-3)
    if not apart <= TOLERANCE:
        raise Failure(f"{apart:.2e} of the largest value apart")


def write_design(folder, blocks):
    design = {"lamina_design": 1, "input_shape": [STEPS, CHANNELS], "blocks": blocks}
    (folder / "d.json").write_text(json.dumps(design))


def try_export(folder, kind, x):
    """A design of one block of the kind, from Lamina to Keras."""
    for before, _ in BEFORE:
        for more in ({}, {"with": [0]}):
            write_design(folder, (before or [{"kind": "Dropout"}]) + [{"kind": kind, **more}])
            if run(folder, "check", "d.json", expect=None) != 0:
                continue
            run(folder, "export", "d.json", "k.keras")
            compare(folder, "k.keras", keras.saving.load_model(folder / "k.keras"), x)
            return
    raise Failure("runs on none of the inputs of this test")


def strip(path, keep):
    """Takes all but the arguments `keep` out of the last layer's config, as a file made by hand might."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(members["config.json"])
    layer = config["config"]["layers"][-1]
    layer["config"] = {key: value for key, value in layer["config"].items() if key in (*keep, "name", "layer")}
    members["config.json"] = json.dumps(config)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def try_defaults(folder, kind, x):
    """A layer that Keras makes from no more than it asks for, from its file, and from one that says no more."""
    make = getattr(keras.layers, kind, None)
    if make is None or issubclass(make, MERGE):
        return
    asked = [name for name, p in inspect.signature(make).parameters.items()
             if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD and name != "self"]
    held = keras.layers.LSTM(2) if kind == "Bidirectional" else keras.layers.Dense(2)
    values = {name: held if name == "layer" else REQUIRED[name] for name in asked}
    for _, before in BEFORE:
        try:
            model = keras.Sequential([keras.Input((STEPS, CHANNELS)), *before, make(**values)])
            model.predict(x, verbose=0)
        except (ValueError, IndexError, TypeError):
            continue
        model.save(folder / "k.keras")
        compare(folder, "k.keras", model, x)
        strip(folder / "k.keras", asked)
        compare(folder, "k.keras", model, x)
        return
    raise Failure("runs on none of the inputs of this test")


def main():
    x = np.random.default_rng(1).normal(0, 1, (N_WINDOWS, STEPS, CHANNELS)).astype("float32")
    failed = 0
    for kind in KINDS:
        for what in (try_export, try_defaults):
            with tempfile.TemporaryDirectory(prefix="lamina-peer.") as folder:
                try:
                    what(pathlib.Path(folder), kind, x)
                except (Failure, TypeError, ValueError) as failure:
                    failed += 1
                    print(f"{kind}, {what.__name__}: {failure}", flush=True)
    print(f"{len(KINDS)} kinds, {failed} failures, Keras {keras.__version__}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
