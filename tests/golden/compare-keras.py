# compare-keras.py: random designs made, saved, run and trained in real Keras, and by lamina-cli from the same files
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""Run by hand, with Keras 3: python compare-keras.py [--designs N] [--seed S] [--cli build/app/lamina-cli] [--keep FOLDER]

Each design is random layers of those that core/ has, with random arguments and weights. Its .keras goes through lamina-cli
predict (the outputs must agree within 1e-5 of the largest) and lamina-cli train (three epochs of losses must agree within
1e-4, and the weights they end with, read by Keras from what train saved, must give the same outputs). A failure is
printed with its seed: --seed S --designs 1 repeats it, --keep leaves its files.
"""
import argparse
import collections
import csv
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
# Small models run once: what takes time is their compilation.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

import keras
import numpy as np
from keras import layers

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import core_table  # noqa: E402

N_WINDOWS, BATCH, EPOCHS = 20, 8, 3
OUTPUT_TOLERANCE, LOSS_TOLERANCE = 1e-5, 1e-4
# What training moves to agrees less exactly than a single pass: rounding is fed back, most of all by Adam's division.
TRAINED_TOLERANCE = 2e-3


class Maker:
    """Draws layers one by one; `x` is a symbolic tensor, `shape` what it has without the batch axis."""

    def __init__(self, seed, kinds):
        self.rng = np.random.default_rng(seed)
        self.kinds, self.activations = kinds, core_table.list_activations()
        self.steps, self.channels = int(self.rng.integers(6, 25)), int(self.rng.integers(1, 6))

    def pick(self, *values):
        return values[self.rng.integers(len(values))]

    def int(self, low, high):
        return int(self.rng.integers(low, high + 1))

    def chance(self, share=0.5):
        return bool(self.rng.random() < share)

    def activation(self):
        return self.pick(*self.activations)

    def weights(self, *names):
        """Initialisers and regularisers, now and then."""
        chosen = {}
        for name in names:
            if self.chance(0.2):
                chosen[f"{name}_regularizer"] = self.pick(keras.regularizers.L2(0.01), keras.regularizers.L1(0.003),
                                                          keras.regularizers.L1L2(0.002, 0.004))
            if name != "bias" and self.chance(0.2):
                chosen[f"{name}_initializer"] = self.pick("he_normal", "he_uniform", "lecun_normal", "orthogonal")
        return chosen

    # --- by the axes that come in -------------------------------------------------------

    def conv1d(self, shape):
        kernel = self.int(1, min(5, shape[0]))
        strides = self.pick(1, 1, 2, 3)
        dilation = self.pick(1, 2) if strides == 1 and (kernel - 1) * 2 < shape[0] else 1
        return layers.Conv1D(self.int(1, 6), kernel, strides=strides, padding=self.pick("valid", "same", "same", "causal"),
                             dilation_rate=dilation, use_bias=self.chance(0.8), activation=self.activation(),
                             **self.weights("kernel", "bias"))

    def depthwise_conv1d(self, shape):
        return layers.DepthwiseConv1D(self.int(1, min(5, shape[0])), strides=self.pick(1, 1, 2), depth_multiplier=self.int(1, 3),
                                      padding=self.pick("valid", "same"), use_bias=self.chance(0.8), activation=self.activation())

    def separable_conv1d(self, shape):
        return layers.SeparableConv1D(self.int(1, 6), self.int(1, min(5, shape[0])), strides=self.pick(1, 1, 2),
                                      depth_multiplier=self.int(1, 2), padding=self.pick("valid", "same"),
                                      use_bias=self.chance(0.8), activation=self.activation())

    def conv1d_transpose(self, shape):
        return layers.Conv1DTranspose(self.int(1, 5), self.int(1, 4), strides=self.int(1, 3), padding=self.pick("valid", "same"),
                                      use_bias=self.chance(0.8), activation=self.activation())

    def pool1d(self, kind):
        def make(shape):
            pool = self.int(1, min(4, shape[0]))
            return getattr(layers, kind)(pool, strides=self.pick(None, 1, 2), padding=self.pick("valid", "same"))
        return make

    def recurrent(self, sequences=None):
        name = self.pick(*[k for k in ("LSTM", "GRU", "SimpleRNN") if k in self.kinds])
        kind = getattr(layers, name)
        more = {}
        if name == "LSTM":
            more["unit_forget_bias"] = self.chance(0.8)
        if name != "SimpleRNN":
            more["recurrent_activation"] = self.pick("sigmoid", "sigmoid", "tanh")
        return kind(self.int(1, 6), activation=self.pick("tanh", "tanh", "relu", "sigmoid"), use_bias=self.chance(0.8),
                    return_sequences=self.chance(0.7) if sequences is None else sequences,
                    **more, **self.weights("kernel", "recurrent", "bias"))

    def bidirectional(self, shape):
        return layers.Bidirectional(self.recurrent(), merge_mode=self.pick("concat", "concat", "sum", "ave", "mul"))

    def dense(self, shape):
        return layers.Dense(self.int(1, 6), activation=self.activation(), use_bias=self.chance(0.8),
                            **self.weights("kernel", "bias"))

    def batch_normalization(self, shape):
        return layers.BatchNormalization(momentum=self.pick(0.99, 0.9, 0.5), epsilon=self.pick(1e-3, 1e-2),
                                         center=self.chance(0.8), scale=self.chance(0.8))

    def reshape(self, shape):
        size = int(np.prod(shape))
        if len(shape) == 2:
            return layers.Reshape(self.pick((shape[0], shape[1], 1), (-1, shape[1], 1)))
        if len(shape) == 3:
            return layers.Reshape((shape[0], shape[1] * shape[2]))
        return layers.Reshape((-1, self.pick(*[k for k in range(1, 5) if size % k == 0])))

    def conv2d(self, shape):
        kernel = (self.int(1, min(3, shape[0])), self.int(1, min(3, shape[1])))
        return layers.Conv2D(self.int(1, 4), kernel, strides=(self.pick(1, 1, 2), self.pick(1, 1, 2)),
                             padding=self.pick("valid", "same"), use_bias=self.chance(0.8), activation=self.activation())

    def time_distributed(self, shape):
        inner = self.dense(shape) if len(shape) == 2 else self.pick(self.dense(shape), self.recurrent())
        return layers.TimeDistributed(inner)

    def choices(self, shape):
        """(weight, class name, maker) for what takes such an input."""
        any_rank = [
            (2, "Dense", self.dense),
            (1, "Activation", lambda s: layers.Activation(self.activation())),
            (1, "Dropout", lambda s: layers.Dropout(0.0)),
            (1, "BatchNormalization", self.batch_normalization),
            (1, "LayerNormalization", lambda s: layers.LayerNormalization(epsilon=self.pick(1e-3, 1e-5), center=self.chance(0.8),
                                                                         scale=self.chance(0.8))),
            (1, "ReLU", lambda s: layers.ReLU(max_value=self.pick(None, 1.5), negative_slope=self.pick(0.0, 0.1))),
            (1, "LeakyReLU", lambda s: layers.LeakyReLU(negative_slope=self.pick(0.3, 0.1))),
            (1, "ELU", lambda s: layers.ELU(alpha=self.pick(1.0, 0.5))),
            (1, "PReLU", lambda s: layers.PReLU(shared_axes=self.pick(None, [1]))),
            (1, "Softmax", lambda s: layers.Softmax()),
            (1, "GaussianNoise", lambda s: layers.GaussianNoise(0.0)),
            (1, "Rescaling", lambda s: layers.Rescaling(self.pick(0.5, 2.0), self.pick(0.0, 0.25))),
        ]
        if len(shape) == 1:
            return any_rank + [(1, "Reshape", self.reshape), (1, "RepeatVector", lambda s: layers.RepeatVector(self.int(2, 8)))]
        if len(shape) == 3:
            return any_rank + [
                (3, "Conv2D", self.conv2d),
                (1, "MaxPooling2D", lambda s: layers.MaxPooling2D((self.int(1, min(2, s[0])), self.int(1, min(2, s[1]))),
                                                                  padding=self.pick("valid", "same"))),
                (1, "AveragePooling2D", lambda s: layers.AveragePooling2D((self.int(1, min(2, s[0])), self.int(1, min(2, s[1]))),
                                                                          padding=self.pick("valid", "same"))),
                (2, "TimeDistributed", self.time_distributed),
                (2, "Reshape", self.reshape),
                (1, "UpSampling2D", lambda s: layers.UpSampling2D((self.int(1, 2), self.int(1, 2)))),
                (1, "ZeroPadding2D", lambda s: layers.ZeroPadding2D(((self.int(0, 2), self.int(0, 2)), (1, 0)))),
                (1, "Cropping2D", lambda s: layers.Cropping2D(((self.int(0, 1), 0), (0, 0)))),
                (1, "GlobalAveragePooling2D", lambda s: layers.GlobalAveragePooling2D()),
                (1, "GlobalMaxPooling2D", lambda s: layers.GlobalMaxPooling2D()),
            ]
        return any_rank + [
            (4, "Conv1D", self.conv1d),
            (2, "DepthwiseConv1D", self.depthwise_conv1d),
            (2, "SeparableConv1D", self.separable_conv1d),
            (2, "Conv1DTranspose", self.conv1d_transpose),
            (1, "MaxPooling1D", self.pool1d("MaxPooling1D")),
            (1, "AveragePooling1D", self.pool1d("AveragePooling1D")),
            (1, "UpSampling1D", lambda s: layers.UpSampling1D(self.int(1, 3))),
            (1, "ZeroPadding1D", lambda s: layers.ZeroPadding1D((self.int(0, 3), self.int(0, 3)))),
            (1, "Cropping1D", lambda s: layers.Cropping1D((self.int(0, 1), self.int(0, 1)))),
            (1, "SpatialDropout1D", lambda s: layers.SpatialDropout1D(0.0)),
            (2, "LSTM", lambda s: self.recurrent()),
            (2, "Bidirectional", self.bidirectional),
            (1, "TimeDistributed", self.time_distributed),
            (1, "Reshape", self.reshape),
            (1, "Permute", lambda s: layers.Permute((2, 1))),
            (1, "GlobalAveragePooling1D", lambda s: layers.GlobalAveragePooling1D()),
            (1, "GlobalMaxPooling1D", lambda s: layers.GlobalMaxPooling1D()),
        ]

    def draw(self, shape):
        fitting = [c for c in self.choices(shape) if c[1] in self.kinds]
        weights = np.array([c[0] for c in fitting], float)
        return fitting[self.rng.choice(len(fitting), p=weights / weights.sum())][2](shape)

    # --- the whole -------------------------------------------------------------------------

    def join(self, x, earlier):
        """A merge of x with earlier tensors that fit; None where there are none."""
        same = [e for e in earlier if e.shape == x.shape]
        beside = [e for e in earlier if e.shape[:-1] == x.shape[:-1]]
        fitting = [(name, same) for name in ("Add", "Multiply", "Average", "Maximum") if name in self.kinds and same]
        fitting += [("Concatenate", beside)] * 2 if "Concatenate" in self.kinds and beside else []
        if not fitting:
            return None
        name, others = self.pick(*fitting)
        chosen = [others[k] for k in self.rng.choice(len(others), size=min(len(others), self.int(1, 2)), replace=False)]
        chosen.insert(self.int(0, len(chosen)), x)
        return getattr(layers, name)()(chosen)

    def body(self):
        """Input and output of some layers, which are a stack, now and then with merges."""
        tensors, merges = [keras.Input((self.steps, self.channels))], self.chance(0.4)
        for _ in range(self.int(1, 5)):
            x = tensors[-1]
            layer = self.draw(x.shape[1:])
            after = layer.compute_output_shape(x.shape)[1:]
            if min(after) >= 1 and np.prod(after) <= 4000:
                tensors.append(layer(x))
            joined = self.join(tensors[-1], tensors[:-1]) if merges and self.chance(0.6) else None
            if joined is not None:
                tensors.append(joined)
        return tensors[0], tensors[-1]

    def head(self, shape):
        """The last layers, the loss and a y for it."""
        if len(shape) == 2 and shape[0] == self.steps and self.chance(0.7):
            return self.targets([], (self.steps,))
        flatten = [layers.Flatten()] if len(shape) > 1 else []
        if self.chance(0.5):
            return self.targets(flatten, ())
        y = self.rng.integers(0, 2, (N_WINDOWS, self.steps))
        last = layers.Dense(self.steps, activation=self.pick("sigmoid", "sigmoid", "softmax"))
        return flatten + [last], "binary_crossentropy", y

    def targets(self, before, extents):
        """For labels of these extents: () one each window, (steps,) one each step."""
        shape, classes = (N_WINDOWS, *extents), self.pick(2, 3, 4)
        numbers = self.rng.integers(0, classes, shape)
        kind = self.pick("binary", "binary", "sparse", "categorical", "values")
        if kind == "binary":
            loss = self.pick("binary_crossentropy", keras.losses.BinaryCrossentropy(label_smoothing=0.1),
                             keras.losses.BinaryFocalCrossentropy(gamma=1.5))
            return before + [layers.Dense(1, activation="sigmoid")], loss, (numbers > 0).astype(int)[..., None]
        if kind == "values":
            loss = self.pick("mse", "mean_absolute_error", keras.losses.Huber())
            width = self.pick(1, 1, 2)
            return before + [layers.Dense(width)], loss, self.rng.normal(0, 1, (*shape, width)).astype("float32")
        last = before + [layers.Dense(classes, activation="softmax")]
        if kind == "sparse":
            return last, "sparse_categorical_crossentropy", numbers
        loss = self.pick("categorical_crossentropy", keras.losses.CategoricalCrossentropy(label_smoothing=0.2),
                         keras.losses.CategoricalFocalCrossentropy(alpha=0.5))
        return last, loss, np.eye(classes, dtype="float32")[numbers]

    def optimizer(self):
        rate, more = self.pick(1e-3, 1e-2), self.pick({}, {}, {"clipnorm": 0.5}, {"clipvalue": 0.05}, {"global_clipnorm": 0.3})
        name = self.pick("Adam", "Adam", "SGD", "SGD", "AdamW", "RMSprop", "Adagrad")
        if name == "SGD":
            rate, more = 0.02, {**more, "momentum": self.pick(0.0, 0.9), "nesterov": self.chance(0.3)}
        if name == "RMSprop":
            more = {**more, "momentum": self.pick(0.0, 0.5), "centered": self.chance(0.3)}
        if self.chance(0.15):
            rate = self.pick(keras.optimizers.schedules.ExponentialDecay(rate, 3, 0.8, staircase=self.chance()),
                             keras.optimizers.schedules.CosineDecay(rate, 6, alpha=0.1))
        return getattr(keras.optimizers, name)(rate, **more)

    def make(self):
        x, y = self.body()
        head, loss, targets = self.head(y.shape[1:])
        for layer in head:
            y = layer(y)
        model = keras.Model(x, y)
        if not any(isinstance(layer, layers.Add.__base__) for layer in model.layers) and self.chance(0.7):
            model = keras.Sequential(model.layers)
        model.set_weights([self.disturb(v) for v in model.weights])
        model.compile(optimizer=self.optimizer(), loss=loss, metrics=["accuracy"])
        return model, targets

    def disturb(self, variable):
        """Weights that are not what they begin as; a variance stays above 0."""
        value = np.asarray(variable.numpy())
        noise = self.rng.normal(0, 0.1, value.shape)
        return value + np.abs(noise) if "variance" in variable.name else value + noise


class Failure(Exception):
    pass


def run(cli, *args):
    done = subprocess.run([cli, *map(str, args)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"lamina-cli {args[0]} ended with {done.returncode}: {done.stderr.strip()}")


def require_near(what, found, wanted, tolerance):
    found, wanted = np.asarray(found, float), np.asarray(wanted, float)
    if found.shape != wanted.shape:
        raise Failure(f"{what}: shape {found.shape} instead of {wanted.shape}")
    largest = max(np.abs(wanted).max(), 1e-3)
    apart = np.abs(found - wanted).max() / largest
    if not apart <= tolerance:
        raise Failure(f"{what}: {apart:.2e} of the largest value apart")
    return apart


def compare(cli, seed, kinds, folder):
    """Returns how far apart outputs and losses are; Failure where it is too far."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    maker = Maker(seed, kinds)
    model, y = maker.make()
    names = " ".join(layer.__class__.__name__ for layer in model.layers)
    x = maker.rng.normal(0, 1, (N_WINDOWS, maker.steps, maker.channels)).astype("float32")
    split = maker.pick(0.0, 0.25)
    try:
        model.save(folder / "m.keras")
        np.save(folder / "X.npy", x)
        np.save(folder / "y.npy", y)
        wanted = model.predict(x, verbose=0)
        run(cli, "predict", folder / "m.keras", folder / "X.npy", "-o", folder / "P.npy")
        outputs = require_near("outputs", np.load(folder / "P.npy"), wanted, OUTPUT_TOLERANCE)
        if model.count_params() == 0:
            return names, outputs, 0.0

        history = model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, shuffle=False, validation_split=split, verbose=0).history
        run(cli, "train", folder / "m.keras", folder / "X.npy", folder / "y.npy", "--epochs", EPOCHS, "--batch", BATCH,
            "--no-shuffle", "--validation-split", split, "--history", folder / "h.csv", "--save", folder / "t.keras")
        rows = list(csv.DictReader(open(folder / "h.csv")))
        losses = 0.0
        for key in ("loss", "val_loss"):
            if key in history:
                losses = max(losses, require_near(key, [float(row[key]) for row in rows], history[key], LOSS_TOLERANCE))
        trained = keras.saving.load_model(folder / "t.keras", compile=False)
        require_near("trained outputs", trained.predict(x, verbose=0), model.predict(x, verbose=0), TRAINED_TOLERANCE)
        return names, outputs, losses
    except Failure as failure:
        raise Failure(f"[{names}] {failure}") from None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--designs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cli", default=str(ROOT / "build/app/lamina-cli"))
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()

    kinds, seen, failed, worst = set(core_table.list_kinds()), collections.Counter(), [], [0.0, 0.0]
    for seed in range(args.seed, args.seed + args.designs):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="lamina-compare."))
        try:
            names, *apart = compare(args.cli, seed, kinds, folder)
            seen.update(names.split())
            worst = [max(a, b) for a, b in zip(worst, apart)]
        except Failure as failure:
            failed.append(seed)
            print(f"seed {seed}: {failure}", flush=True)
            if args.keep:
                shutil.copytree(folder, args.keep / str(seed), dirs_exist_ok=True)
        finally:
            shutil.rmtree(folder)
    print(f"{args.designs} designs, {len(failed)} failed{': ' + ' '.join(map(str, failed)) if failed else ''}")
    print(f"worst of those that passed: outputs {worst[0]:.1e}, losses {worst[1]:.1e}")
    print("layers: " + ", ".join(f"{name} {n}" for name, n in sorted(seen.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
