# make-training.py: train a small network in Keras in many ways and write what comes out, for test-golden-training.c
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""Run by hand, with Keras 3: KERAS_BACKEND=jax python make-training.py

training.txt has a line a case: name; design as t_design_new() reads it; kind of labels (classes, numbers), labels a window,
numbers a label; whether they have weights; settings by our names. training.bin has little-endian float32: the windows, the last
N_VALIDATION of them for validation, then for each case the labels, their weights if any, the initial weights as get_weights()
lists them, and the losses and validation losses of the epochs, and the weights they end with.
"""
import math
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers, losses, optimizers, regularizers

HERE = pathlib.Path(__file__).parent
N_WINDOWS, N_VALIDATION, STEPS, CHANNELS, BATCH, EPOCHS = 14, 4, 6, 3, 4, 4
PER_EPOCH = math.ceil((N_WINDOWS - N_VALIDATION) / BATCH)
RNG = np.random.default_rng(3)
X = RNG.standard_normal((N_WINDOWS, STEPS, CHANNELS)).astype("float32")
CASES = []

CONV = "Conv1D filters=4 kernel_size=3 padding=same activation=tanh; "


def case(name, settings, optimizer=None, loss="binary_crossentropy", head=None, labels="classes", n_labels=STEPS, n=1,
         callbacks=(), weights=None, first=None, text=CONV, last="Dense units=1 activation=sigmoid"):
    """`first` and `head` are Keras' layers for `text` and `last`; `n` classes or numbers a label, 1 for two classes."""
    CASES.append(locals())


def conv(**extra):
    return [layers.Conv1D(4, 3, padding="same", activation="tanh", **extra)]


# --- optimizers and clipping ---------------------------------------------------------------

OPTIMIZERS = {
    "adam": ("optimizer=Adam learning_rate=0.02", lambda **k: optimizers.Adam(0.02, **k)),
    "adam_betas": ("optimizer=Adam learning_rate=0.02 beta_1=0.8 beta_2=0.95 epsilon=1e-5",
                   lambda **k: optimizers.Adam(0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-5, **k)),
    "adamw": ("optimizer=AdamW learning_rate=0.02", lambda **k: optimizers.AdamW(0.02, **k)),
    "adamw_decay": ("optimizer=AdamW learning_rate=0.02 weight_decay=0.5",
                    lambda **k: optimizers.AdamW(0.02, weight_decay=0.5, **k)),
    "sgd": ("optimizer=SGD learning_rate=0.3", lambda **k: optimizers.SGD(0.3, **k)),
    "sgd_decay": ("optimizer=SGD learning_rate=0.3 weight_decay=0.1", lambda **k: optimizers.SGD(0.3, weight_decay=0.1, **k)),
    "sgd_momentum": ("optimizer=SGD learning_rate=0.1 momentum=0.9", lambda **k: optimizers.SGD(0.1, momentum=0.9, **k)),
    "sgd_nesterov": ("optimizer=SGD learning_rate=0.1 momentum=0.9 nesterov=yes",
                     lambda **k: optimizers.SGD(0.1, momentum=0.9, nesterov=True, **k)),
    "rmsprop": ("optimizer=RMSprop learning_rate=0.01", lambda **k: optimizers.RMSprop(0.01, **k)),
    "rmsprop_momentum": ("optimizer=RMSprop learning_rate=0.01 rho=0.8 momentum=0.5",
                         lambda **k: optimizers.RMSprop(0.01, rho=0.8, momentum=0.5, **k)),
    "rmsprop_centered": ("optimizer=RMSprop learning_rate=0.01 momentum=0.5 centered=yes epsilon=1e-3",
                         lambda **k: optimizers.RMSprop(0.01, momentum=0.5, centered=True, epsilon=1e-3, **k)),
    "adagrad": ("optimizer=Adagrad learning_rate=0.1", lambda **k: optimizers.Adagrad(0.1, **k)),
    "adagrad_start": ("optimizer=Adagrad learning_rate=0.1 initial_accumulator_value=0.5 epsilon=0.01",
                      lambda **k: optimizers.Adagrad(0.1, initial_accumulator_value=0.5, epsilon=0.01, **k)),
}
CLIPS = {"": {}, "_clipnorm": {"clipnorm": 0.05}, "_global": {"global_clipnorm": 0.08}, "_value": {"clipvalue": 0.01}}

for name, (settings, make) in OPTIMIZERS.items():
    for clip, how in CLIPS.items():
        case(name + clip, settings + "".join(f" {k}={v}" for k, v in how.items()), lambda make=make, how=how: make(**how))

# --- schedules ------------------------------------------------------------------------------

S = optimizers.schedules


class OneCycle(S.LearningRateSchedule):
    """PyTorch's OneCycleLR (max_lr, total_steps, pct_start), whose formula its documentation gives."""

    def __init__(self, most, total, share):
        self.most, self.total, self.share = most, total, share

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        first, turn = self.most / 25, self.share * self.total - 1
        up = first + (self.most - first) * 0.5 * (1 - keras.ops.cos(math.pi * step / turn))
        down = (step - turn) / (self.total - 1 - turn)
        last = first / 1e4
        fall = last + (self.most - last) * 0.5 * (1 + keras.ops.cos(math.pi * down))
        return keras.ops.where(step <= turn, up, fall)


def scheduled(name, settings, make):
    case(name, "optimizer=SGD learning_rate=0.5 " + settings, lambda: optimizers.SGD(make(), momentum=0.0))


scheduled("step", "schedule=step step_epochs=2 factor=0.3",
          lambda: S.PiecewiseConstantDecay([2 * PER_EPOCH - 1], [0.5, 0.15]))
scheduled("exponential", "schedule=exponential decay_steps=5 decay_rate=0.4", lambda: S.ExponentialDecay(0.5, 5, 0.4))
scheduled("staircase", "schedule=exponential decay_steps=5 decay_rate=0.4 staircase=yes",
          lambda: S.ExponentialDecay(0.5, 5, 0.4, staircase=True))
scheduled("cosine", "schedule=cosine", lambda: S.CosineDecay(0.5, PER_EPOCH * EPOCHS))
scheduled("cosine_alpha", "schedule=cosine decay_steps=7 cosine_alpha=0.2", lambda: S.CosineDecay(0.5, 7, alpha=0.2))
scheduled("warmup", "schedule=cosine decay_steps=6 warmup_steps=4 warmup_target=1.5",
          lambda: S.CosineDecay(0.5, 6, warmup_target=1.5, warmup_steps=4))
scheduled("one_cycle", "schedule=one_cycle pct_start=0.4", lambda: OneCycle(0.5, PER_EPOCH * EPOCHS, 0.4))
for monitored in ("plateau", "plateau_cooldown"):
    cooldown = 1 if monitored == "plateau_cooldown" else 0
    case(monitored,
         f"optimizer=SGD learning_rate=0.5 schedule=plateau factor=0.3 patience=1 min_delta=10 cooldown={cooldown} min_lr=0.1",
         lambda: optimizers.SGD(0.5), callbacks=[lambda cooldown=cooldown: keras.callbacks.ReduceLROnPlateau(
             factor=0.3, patience=1, min_delta=10, cooldown=cooldown, min_lr=0.1)])

# --- losses ---------------------------------------------------------------------------------


def lossy(name, settings, loss, **how):
    case("loss_" + name, "optimizer=SGD learning_rate=0.3 " + settings, lambda: optimizers.SGD(0.3), loss=loss, **how)


def dense(n, activation):
    return lambda: [layers.Dense(n, activation=activation)]


FEW = dict(n=4, head=dense(4, "softmax"), last="Dense units=4 activation=softmax")
SOFT = dict(labels="soft", **FEW)
YES_NOS = dict(labels="yes_nos", n=4, head=dense(4, "sigmoid"), last="Dense units=4 activation=sigmoid")
PLAIN = dict(labels="numbers", n=2, head=dense(2, None), last="Dense units=2 activation=linear")
ONCE = dict(n_labels=1, n=4, head=lambda: [layers.Flatten(), layers.Dense(4, activation="softmax")],
            last="Flatten; Dense units=4 activation=softmax")

lossy("binary_smooth", "label_smoothing=0.2", losses.BinaryCrossentropy(label_smoothing=0.2))
lossy("binary_several", "loss=binary_crossentropy", "binary_crossentropy", **YES_NOS)
lossy("binary_focal", "loss=binary_focal_crossentropy", losses.BinaryFocalCrossentropy())
lossy("binary_focal_balanced", "loss=binary_focal_crossentropy focal_alpha=0.4 focal_gamma=1.5 apply_class_balancing=yes "
      "label_smoothing=0.1", losses.BinaryFocalCrossentropy(True, alpha=0.4, gamma=1.5, label_smoothing=0.1))
lossy("sparse", "", "sparse_categorical_crossentropy", **FEW)
lossy("categorical", "loss=categorical_crossentropy", "categorical_crossentropy", **SOFT)
lossy("categorical_smooth", "loss=categorical_crossentropy label_smoothing=0.1",
      losses.CategoricalCrossentropy(label_smoothing=0.1), **SOFT)
lossy("categorical_focal", "loss=categorical_focal_crossentropy", losses.CategoricalFocalCrossentropy(), **SOFT)
lossy("categorical_focal_smooth", "loss=categorical_focal_crossentropy focal_alpha=0.5 focal_gamma=1.2 label_smoothing=0.1",
      losses.CategoricalFocalCrossentropy(alpha=0.5, gamma=1.2, label_smoothing=0.1), **SOFT)
lossy("binary_logits", "loss=binary_crossentropy from_logits=yes label_smoothing=0.1",
      losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), labels="yes_nos", n=4, head=dense(4, None),
      last="Dense units=4 activation=linear")
lossy("sparse_logits", "loss=sparse_categorical_crossentropy from_logits=yes",
      losses.SparseCategoricalCrossentropy(from_logits=True), n=4, head=dense(4, "relu"), last="Dense units=4 activation=relu")
lossy("categorical_logits", "loss=categorical_crossentropy from_logits=yes",
      losses.CategoricalCrossentropy(from_logits=True), labels="soft", n=4, head=dense(4, None),
      last="Dense units=4 activation=linear")
lossy("mean_squared_error", "", "mean_squared_error", **PLAIN)
lossy("mean_absolute_error", "loss=mean_absolute_error", "mean_absolute_error", **PLAIN)
lossy("huber", "loss=huber", losses.Huber(), **PLAIN)
lossy("huber_delta", "loss=huber huber_delta=0.3", losses.Huber(delta=0.3), **PLAIN)
lossy("once", "", "sparse_categorical_crossentropy", **ONCE)
lossy("once_soft", "loss=categorical_crossentropy", "categorical_crossentropy", **dict(ONCE, labels="soft"))
lossy("once_number", "loss=huber", losses.Huber(), labels="numbers", n_labels=1, n=1,
      head=lambda: [layers.Flatten(), layers.Dense(1)], last="Flatten; Dense units=1 activation=linear")

# --- weights and regularisers -----------------------------------------------------------------

lossy("weights", "", "binary_crossentropy", weights="random")
lossy("weights_several", "loss=mean_squared_error", "mean_squared_error", weights="random", **PLAIN)
lossy("weights_once", "", "sparse_categorical_crossentropy", weights="random", **ONCE)
lossy("class_weight", "class_weight=0.3,2.5", "binary_crossentropy", weights="class")
lossy("class_weight_once", "class_weight=0.3,2.5", "sparse_categorical_crossentropy", weights="class", **ONCE)
lossy("l1_l2", "", "binary_crossentropy",
      first=lambda: conv(kernel_regularizer=regularizers.L1L2(0.02, 0.03), bias_regularizer=regularizers.L2(0.05)),
      text=CONV.replace("; ", " kernel_l1=0.02 kernel_l2=0.03 bias_l2=0.05; "))
case("lstm_clipped", "optimizer=SGD learning_rate=0.3 global_clipnorm=0.1", lambda: optimizers.SGD(0.3, global_clipnorm=0.1),
     first=lambda: [layers.LSTM(5, return_sequences=True, kernel_regularizer=regularizers.L1(0.01),
                                recurrent_regularizer=regularizers.L2(0.02))],
     text="LSTM units=5 return_sequences=yes kernel_l1=0.01 recurrent_l2=0.02; ")
case("lstm_clipnorm", "optimizer=Adam learning_rate=0.02 clipnorm=0.05", lambda: optimizers.Adam(0.02, clipnorm=0.05),
     first=lambda: [layers.LSTM(5, return_sequences=True)], text="LSTM units=5 return_sequences=yes; ")


# --- running --------------------------------------------------------------------------------

def make_labels(c):
    shape = (N_WINDOWS, c["n_labels"])
    if c["labels"] == "classes":
        return RNG.integers(0, max(c["n"], 2), shape).astype("float32")
    values = RNG.random((*shape, c["n"])).astype("float32")
    if c["labels"] == "soft":
        return values / values.sum(-1, keepdims=True)
    return np.round(values) if c["labels"] == "yes_nos" else (3 * values - 1).astype("float32")


def make_weights(c, y):
    if c["weights"] == "random":
        return RNG.random(y.shape[:2]).astype("float32")
    if c["weights"] == "class":
        table = np.ones(max(c["n"], 2), "float32")
        table[:2] = 0.3, 2.5
        return table[y.astype(int)]
    return None


def flat(model):
    return np.concatenate([w.ravel() for w in model.get_weights()])


def run(c):
    first = c["first"]() if c["first"] else conv()
    head = c["head"]() if c["head"] else [layers.Dense(1, activation="sigmoid")]
    model = keras.Sequential([keras.Input((STEPS, CHANNELS)), *first, *head])
    model.set_weights([w + 0.1 * RNG.standard_normal(w.shape) for w in model.get_weights()])
    initial, y = flat(model), make_labels(c)
    weights = make_weights(c, y)
    target = y if c["labels"] != "classes" else y[..., None]
    if c["n_labels"] == 1:
        target = target[:, 0]
    sample = weights if weights is None or c["n_labels"] > 1 else weights[:, 0]
    k = N_WINDOWS - N_VALIDATION
    validation = (X[k:], target[k:]) + (() if c["weights"] != "random" else (sample[k:],))
    model.compile(c["optimizer"](), c["loss"])
    history = model.fit(X[:k], target[:k], sample_weight=None if sample is None else sample[:k], batch_size=BATCH, epochs=EPOCHS,
                        shuffle=False, validation_data=validation, validation_batch_size=BATCH, verbose=0,
                        callbacks=[make() for make in c["callbacks"]]).history
    print(c["name"], history["loss"], history["val_loss"][-1])
    given = [weights] if c["weights"] == "random" else []
    return [y, *given, initial, history["loss"], history["val_loss"], flat(model)]


def describe(c):
    kind = "classes" if c["labels"] == "classes" else "numbers"
    n = max(c["n"], 2) if kind == "classes" else c["n"]
    return "|".join([c["name"], c["text"] + c["last"], kind, str(c["n_labels"]), str(n),
                     "weights" if c["weights"] == "random" else "", c["settings"].strip()])


if __name__ == "__main__":
    print("Keras", keras.__version__, keras.backend.backend())
    keras.utils.set_random_seed(1)
    parts = [X]
    for each in CASES:
        parts += run(each)
    np.concatenate([np.ravel(p) for p in parts]).astype("<f4").tofile(HERE / "training.bin")
    (HERE / "training.txt").write_text("".join(describe(c) + "\n" for c in CASES))
