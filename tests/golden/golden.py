# golden.py: turn lists of Keras layers into golden numbers for test-golden-layers.c
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""Run by hand, with Keras 3 on JAX:  python golden.py [family ...]

grid_<family>.py holds CASES, a list of case (...); its numbers go to layers-<family>.bin. Only what Keras computes is stored:
windows, weights and labels come from the generator below, which the test has once more.

A case in the file, all little-endian: "NNG1", then as uint32: bytes of the design's JSON, windows, numbers of y, of dx and of all
weights, whether it was trained, whether it was passed back; the JSON, filled up with blanks to whole words; then float32: y for
all windows, and if passed back the slopes of Σ r y by the windows and by the weights (0 for those that are not learnt by slopes);
and if trained the losses of three epochs, and the weights after them.
"""
import importlib
import json
import os
import pathlib
import struct
import sys
import zlib

os.environ.setdefault("KERAS_BACKEND", "jax")

import jax
import keras
import numpy as np

HERE = pathlib.Path(__file__).parent
EPOCHS, TRAIN_WINDOWS, BATCH, RATE, MOMENTUM = 3, 10, 4, 0.05, 0.9

# What a layer's configuration says that no design says: names, types, and how weights begin, which here is given.
SKIP = {"name", "dtype", "data_format", "seed", "activity_regularizer", "batch_shape", "return_state", "stateful",
        "unroll", "zero_output_for_mask", "noise_shape", "input_shape", "implementation", "backward_layer", "synchronized"}

# Left out while nobody changes them: Keras' defaults, which are ours as well.
NEUTRAL = {"groups": 1, "renorm": False, "renorm_momentum": 0.99, "rms_scaling": False, "go_backwards": False,
           "dropout": 0.0, "recurrent_dropout": 0.0, "trainable": True}


def case(name, *layers, steps=11, channels=4, windows=5, train=True, slopes=True, build=None, blocks=None):
    """`layers` make a stack on windows of steps × channels. For what is no stack, `build` makes the output from the input and
    `blocks` are the design's blocks as its JSON has them. Keras' layers belong to one case: make new ones for each."""
    return dict(name=name, layers=layers, steps=steps, channels=channels, windows=windows, train=train, slopes=slopes,
                build=build, blocks=blocks)


# --- numbers that the test makes again ----------------------------------------------------

class Numbers:
    """Numbers in -1 .. 1, exact in float32, by Numerical Recipes' linear congruential generator."""

    def __init__(self, seed):
        self.state = seed & 0xffffffff

    def take(self, *shape):
        values = np.empty(int(np.prod(shape)), np.float32)
        for i in range(values.size):
            self.state = (self.state * 1664525 + 1013904223) & 0xffffffff
            values[i] = (self.state >> 8) / 8388608.0 - 1.0
        return values.reshape(shape)


def make_weights(model, numbers):
    """Variances are positive; all else is small."""
    weights = []
    for variable in model.weights:
        u = numbers.take(*variable.shape)
        weights.append(1 + 0.5 * u if "variance" in variable.name else 0.5 * u)
    return weights


# --- Keras' layers as a design's blocks -----------------------------------------------------

def plain(value):
    if isinstance(value, (list, tuple)):
        flat = [plain(v) for v in value]
        flat = [w for v in flat for w in (v if isinstance(v, list) else [v])]
        return flat[0] if len(flat) == 1 else flat
    return value


def describe(layer):
    """The block of a design's JSON, from the layer's configuration: names and values are the same."""
    config = layer.get_config()
    block = {"kind": type(layer).__name__}
    for key, value in config.items():
        if key in SKIP or key in NEUTRAL and value == NEUTRAL[key] or key.endswith(("_initializer", "_constraint")):
            continue
        if key.endswith("_regularizer"):
            for norm in ("l1", "l2"):
                if value is not None and float(value["config"].get(norm, 0)) != 0:
                    block[key.replace("regularizer", norm)] = float(value["config"][norm])
        elif key == "layer":
            block["layer"] = describe(layer.layer if hasattr(layer, "layer") else layer.forward_layer)
        elif value is not None:
            block[key] = plain(value)
    return LISTS.get(block["kind"], lambda b: b)(block)


def as_list(*names):
    """Arguments that are lists even where they have one number only."""
    def change(block):
        for name in names:
            if name in block and not isinstance(block[name], list):
                block[name] = [block[name]]
        return block
    return change


LISTS = {"Reshape": as_list("target_shape"), "Permute": as_list("dims"), "PReLU": as_list("shared_axes")}


# --- a case ---------------------------------------------------------------------------------

def build_model(c, readout):
    keras.utils.clear_session(free_memory=False)
    x = keras.Input((c["steps"], c["channels"]))
    if c["build"] is not None:
        y = c["build"](x)
    else:
        y = x
        for layer in c["layers"]:
            y = layer(y)
    if readout:
        y = keras.layers.Flatten(name="readout_flatten")(y)
        y = keras.layers.Dense(c["steps"], activation="sigmoid", name="readout")(y)
    return keras.Model(x, y)


def pass_back(model, x, r):
    """The slopes of Σ r y by the windows and by the weights, in the order of get_weights()."""
    non_trainable = [v.value for v in model.non_trainable_variables]

    def forward(weights, windows):
        return model.stateless_call(weights, non_trainable, windows, training=False)[0]

    _, back = jax.vjp(forward, [v.value for v in model.trainable_variables], x)
    by_weights, by_windows = back(r)
    slopes = {id(v): np.asarray(g) for v, g in zip(model.trainable_variables, by_weights)}
    flat = [np.ravel(slopes.get(id(v), np.zeros(v.shape))) for v in model.weights]
    return [np.asarray(by_windows), np.concatenate(flat) if flat else np.zeros(0)]


def train(c, numbers):
    model = build_model(c, True)
    model.set_weights(make_weights(model, numbers))
    x = numbers.take(TRAIN_WINDOWS, c["steps"], c["channels"])
    y = (numbers.take(TRAIN_WINDOWS, c["steps"]) > 0).astype("float32")
    model.compile(keras.optimizers.SGD(RATE, momentum=MOMENTUM), "binary_crossentropy")
    history = model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0).history
    return [np.asarray(history["loss"])] + [np.ravel(w) for w in model.get_weights()]


def run(c):
    numbers = Numbers(zlib.crc32(c["name"].encode()))
    model = build_model(c, False)
    blocks = c["blocks"] or [describe(layer) for layer in c["layers"]]
    design = {"lamina_design": 1, "name": c["name"], "input_shape": [c["steps"], c["channels"]], "blocks": blocks}
    text = json.dumps(design).encode()
    text += b" " * (-len(text) % 4)

    model.set_weights(make_weights(model, numbers))
    x = numbers.take(c["windows"], c["steps"], c["channels"])
    y = np.asarray(model(x, training=False))
    parts = [y]
    if c["slopes"]:
        parts += pass_back(model, x, numbers.take(*y.shape))
    if c["train"]:
        parts += train(c, numbers)
    head = struct.pack("<4s7I", b"NNG1", len(text), c["windows"], y.size, x.size, model.count_params(), c["train"], c["slopes"])
    assert all(np.all(np.isfinite(p)) for p in parts), c["name"]
    return head + text + np.concatenate([np.ravel(p) for p in parts]).astype("<f4").tobytes()


def main(families):
    print("Keras", keras.__version__, keras.backend.backend())
    sys.path.insert(0, str(HERE))
    for family in families or sorted(p.stem[5:] for p in HERE.glob("grid_*.py")):
        cases = importlib.import_module(f"grid_{family}").CASES
        assert len({c["name"] for c in cases}) == len(cases), "two cases of one name"
        data = b"".join(run(c) for c in cases)
        (HERE / f"layers-{family}.bin").write_bytes(data)
        print(f"layers-{family}.bin: {len(cases)} cases, {len(data)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
