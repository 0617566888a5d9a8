# peer_keras.py: time Keras' epochs and inference on one of the networks
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""KERAS_BACKEND=jax|tensorflow peer_keras.py NETWORK THREADS EPOCHS WINDOWS: prints one line of JSON.

fit() as Keras' guide has it, compiled; the first two epochs, which compile, are not counted. Whoever starts this binds it to as
many processors as there are threads: not every backend can be told otherwise.
"""
import json
import os
import statistics
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers

import networks


def make_layer(block):
    args = {k: v for k, v in block.items() if k not in ("kind", "with", "layer")}
    if "layer" in block:
        return layers.Bidirectional(make_layer(block["layer"]), **args)
    return getattr(layers, block["kind"])(**args)


def build(name):
    steps, channels, blocks = networks.NETWORKS[name][:3]
    x = keras.Input((steps, channels))
    outputs = [x]
    for block in blocks:
        layer = make_layer(block)
        outputs.append(layer([outputs[-1]] + [outputs[i] for i in block["with"]]) if "with" in block else layer(outputs[-1]))
    return keras.Model(x, outputs[-1])


class Clock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.begun = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.begun)


def time_inference(model, x, batch):
    rates = []
    model.predict_on_batch(x[:batch])
    for _ in range(5):
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < 0.1:
            at = done % (len(x) - batch + 1)
            model.predict_on_batch(x[at:at + batch])
            done += batch
        rates.append(done / (time.perf_counter() - begun))
    return statistics.median(rates)


def main():
    name, threads, epochs, windows = sys.argv[1], *(int(a) for a in sys.argv[2:5])
    x, y = networks.data(name, windows)
    model = build(name)
    if len(model.output_shape) == 3:
        y = y[..., None]
    model.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy")
    clock = Clock()
    history = model.fit(x, y, batch_size=networks.BATCH, epochs=2 + epochs, verbose=0, callbacks=[clock]).history
    rates = {f"infer_{b}": time_inference(model, x, b) for b in (1, networks.BATCH)}
    print(json.dumps(dict(program=f"Keras {keras.__version__} on {keras.backend.backend()}", threads=threads,
                          epoch_s=statistics.median(clock.seconds[2:]), params=model.count_params(), loss=history["loss"][-1],
                          **rates)))


main()
