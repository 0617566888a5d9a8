# networks.py: the networks that are timed, as blocks of a design, and data to train them on
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""One list for everybody: our design's JSON is made of it, and each peer's model."""


def conv(filters, kernel, padding="same", activation="relu"):
    return {"kind": "Conv1D", "filters": filters, "kernel_size": kernel, "padding": padding, "activation": activation}


def lstm(units, sequences=True):
    return {"kind": "LSTM", "units": units, "return_sequences": sequences}


def dense(units):
    return {"kind": "Dense", "units": units, "activation": "sigmoid"}


def pool(size):
    return {"kind": "MaxPooling1D", "pool_size": size}


def up(size):
    return {"kind": "UpSampling1D", "size": size}


def u_shape():
    """Four levels, 400 to 50 steps and back; each level on the way up also reads what the level had on the way down."""
    blocks, down = [], []
    for filters in (16, 32, 64):
        blocks += [conv(filters, 5), pool(2)]
        down.append(len(blocks) - 1)
    blocks.append(conv(128, 5))
    for filters, source in zip((64, 32, 16), reversed(down)):
        blocks += [up(2), {"kind": "Concatenate", "with": [source]}, conv(filters, 5)]
    return blocks + [dense(1)]


ACROSS = [{"kind": "Reshape", "target_shape": [400, 16, 1]},
          {"kind": "Conv2D", "filters": 8, "kernel_size": [1, 4], "padding": "valid", "activation": "relu"},
          {"kind": "Reshape", "target_shape": [400, 104]}, lstm(32), dense(1)]
DEEP = [conv(64, 8), lstm(128), lstm(128), dense(1)]

# name: steps, channels, blocks; what Lamina is meant to reach: times the better PyTorch, share of the FMA peak (None: reported).
NETWORKS = {
    "S1": (400, 16, [conv(32, 8), lstm(32), dense(1)], 20, 0.75),
    "S2": (400, 16, [conv(32, 8, "valid"), pool(4), lstm(32, False), dense(400)], 12, 0.55),
    "S3": (400, 16, ACROSS, 15, 0.60),
    "S4": (400, 16, [conv(32, 8), pool(4), lstm(32), up(4), dense(1)], 13, 0.60),
    "L1": (400, 16, DEEP, 5, 0.65),
    "L1w": (1000, 64, DEEP, 5, 0.65),
    "S1-gru": (400, 16, [conv(32, 8), {"kind": "GRU", "units": 32, "return_sequences": True}, dense(1)], 8, None),
    "S1-bi": (400, 16, [conv(32, 8), {"kind": "Bidirectional", "merge_mode": "concat", "layer": lstm(32)}, dense(1)], 8, None),
    "S1-20": (400, 16, [conv(32, 8), lstm(20), dense(1)], 8, None),
    "S1-bn": (400, 16, [conv(32, 8), {"kind": "BatchNormalization"}, lstm(32), dense(1)], 8, None),
    "U": (400, 16, u_shape(), 8, None),
}
WINDOWS, BATCH = 476, 32
# Fewer of those that take long, for the whole table in a quarter of an hour.
MOST_WINDOWS = {"L1": 64, "L1w": 32, "U": 160, "S1-gru": 160, "S1-bi": 160, "S1-20": 160, "S1-bn": 160}


def design(name):
    """Our JSON of it."""
    steps, channels, blocks = NETWORKS[name][:3]
    return {"lamina_design": 1, "name": name, "input_shape": [steps, channels], "blocks": blocks}


def data(name, windows=WINDOWS):
    """Noise, and for each step whether the first channel is above its mean."""
    import numpy as np

    steps, channels = NETWORKS[name][:2]
    x = np.random.default_rng(7).standard_normal((windows, steps, channels), dtype=np.float32)
    return x, (x[:, :, 0] > 0).astype(np.float32)
