# make-golden.py: run small networks in Keras and write what comes out, for test-golden.c
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""Run by hand, with Keras 3: KERAS_BACKEND=jax python make-golden.py

Each case becomes <name>.bin of little-endian float32: the initial weights as get_weights() lists them, the windows, the
labels, the network's output, and then for each optimiser three epochs' losses, three epochs' accuracies and the weights
they end with.
"""
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers

HERE = pathlib.Path(__file__).parent
N_WINDOWS, BATCH, EPOCHS = 20, 8, 3


def r1():
    return [layers.Conv1D(8, 5, padding="same", activation="relu"), layers.LSTM(6, return_sequences=True),
            layers.Dense(1, activation="sigmoid")]


def r2():
    return [layers.Conv1D(6, 4, activation="relu"), layers.MaxPooling1D(3), layers.LSTM(7),
            layers.Dense(24, activation="sigmoid")]


def r4():
    return [layers.Conv1D(5, 4, padding="same", activation="relu"), layers.MaxPooling1D(4),
            layers.LSTM(6, return_sequences=True), layers.UpSampling1D(4), layers.Dense(1, activation="sigmoid")]


def classes():
    return [layers.Conv1D(6, 3, padding="causal", dilation_rate=2, activation="tanh"), layers.LSTM(5, return_sequences=True),
            layers.Dense(4, activation="softmax")]


def across():
    return [layers.Reshape((24, 6, 1)), layers.Conv2D(3, (1, 3), activation="relu"), layers.MaxPooling2D((1, 2)),
            layers.TimeDistributed(layers.LSTM(4)), layers.Dense(1, activation="sigmoid")]


def strided():
    return [layers.Conv1D(5, 5, strides=2, padding="same", activation="relu"),
            layers.AveragePooling1D(3, strides=2, padding="same"), layers.Conv1D(4, 2, padding="valid", activation="tanh"),
            layers.Flatten(), layers.Dense(24, activation="sigmoid")]


CASES = {"r1": (r1, 1), "r2": (r2, 0), "r4": (r4, 1), "classes": (classes, 4), "across": (across, 1), "strided": (strided, 0)}
OPTIMIZERS = [lambda: keras.optimizers.Adam(0.01), lambda: keras.optimizers.SGD(0.1, momentum=0.9)]


def build(make, initial=None):
    model = keras.Sequential([keras.Input((24, 6))] + make())
    if initial is not None:
        model.set_weights(initial)
    return model


def flat(model):
    return np.concatenate([w.ravel() for w in model.get_weights()])


def run(name, make, outputs, rng):
    model = build(make)
    initial = [w + 0.1 * rng.standard_normal(w.shape) for w in model.get_weights()]
    model.set_weights(initial)
    x = rng.standard_normal((N_WINDOWS, 24, 6)).astype("float32")
    y = rng.integers(0, max(outputs, 2), (N_WINDOWS, 24))
    parts = [flat(model), x, y, model.predict(x, batch_size=BATCH, verbose=0)]

    for make_optimizer in OPTIMIZERS:
        model = build(make, initial)
        several = outputs > 1
        model.compile(make_optimizer(), "sparse_categorical_crossentropy" if several else "binary_crossentropy",
                      metrics=[keras.metrics.SparseCategoricalAccuracy() if several else keras.metrics.BinaryAccuracy()])
        target = y if outputs == 0 else y[..., None]
        history = model.fit(x, target, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0).history
        accuracy = next(v for k, v in history.items() if k.endswith("accuracy"))
        parts += [history["loss"], accuracy, flat(model)]

    data = np.concatenate([np.ravel(p) for p in parts]).astype("<f4")
    data.tofile(HERE / f"{name}.bin")
    print(name, data.nbytes, history["loss"], accuracy)


if __name__ == "__main__":
    print("Keras", keras.__version__, keras.backend.backend())
    keras.utils.set_random_seed(1)
    for case, (make_layers, n_outputs) in CASES.items():
        run(case, make_layers, n_outputs, np.random.default_rng(len(case)))
