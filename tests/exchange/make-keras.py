# make-keras.py: small models saved by real Keras, and what comes out of them, for test-keras.c
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""Run by hand, with Keras 3: python make-keras.py [CASE...]

Each case becomes <name>.keras as model.save() writes it, and <name>.bin of little-endian float32: three windows, and the
model's output for them.
"""
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers

HERE = pathlib.Path(__file__).parent
N_WINDOWS, STEPS, CHANNELS = 3, 12, 4


def stack():
    """Compiled and fitted: its file holds the optimizer's state as well."""
    model = keras.Sequential([
        keras.Input((STEPS, CHANNELS)),
        layers.Conv1D(5, 3, padding="causal", dilation_rate=2, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01)),
        layers.MaxPooling1D(2),
        layers.LSTM(3, return_sequences=True, recurrent_activation="relu"),
        layers.UpSampling1D(2),
        layers.TimeDistributed(layers.Dense(4, activation="tanh", kernel_initializer="he_normal")),
        layers.Dropout(0.25),
        layers.Dense(1, activation="sigmoid"),
    ], name="a_stack")
    model.compile(optimizer=keras.optimizers.Adam(0.002, beta_1=0.8), loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((4, STEPS, CHANNELS)), np.zeros((4, STEPS, 1)), verbose=0)
    return model


def across():
    model = keras.Sequential([
        keras.Input((STEPS, CHANNELS)),
        layers.Reshape((STEPS, CHANNELS, 1)),
        layers.Conv2D(3, (1, 2), strides=(1, 2), use_bias=False, activation="tanh"),
        layers.MaxPooling2D((1, 2)),
        layers.TimeDistributed(layers.LSTM(3)),
        layers.AveragePooling1D(3, strides=2, padding="same"),
        layers.Activation("relu"),
        layers.Flatten(),
        layers.Dense(STEPS, activation="linear"),
    ])
    model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss=keras.losses.BinaryCrossentropy())
    return model


def open_time():
    return keras.Sequential([keras.Input((None, CHANNELS)), layers.Conv1D(3, 3, padding="same"),
                             layers.Conv1D(3, 3, padding="same", activation="relu"), layers.Dense(3, activation="softmax")])


def skips():
    """A U-shaped network with a residual; the order in which Concatenate takes its inputs tells."""
    x = keras.Input((STEPS, CHANNELS))
    a = layers.Conv1D(3, 3, padding="same", activation="relu")(x)
    b = layers.MaxPooling1D(2)(a)
    c = layers.LSTM(3, return_sequences=True)(b)
    d = layers.UpSampling1D(2)(c)
    e = layers.Concatenate()([a, d, x])
    f = layers.Conv1D(3, 3, padding="same", activation="tanh")(e)
    g = layers.Add()([f, a])
    h = layers.Multiply()([a, g])
    i = layers.Average()([d, h, a])
    j = keras.ops.add(i, h)
    k = layers.Maximum()([j, f])
    y = layers.Dense(1, activation="sigmoid")(layers.Concatenate(axis=-1)([k, b_like(k)]))
    return keras.Model(x, y, name="u_shape")


def b_like(x):
    return layers.Conv1D(2, 1)(x)


def image():
    """Windows of three axes, a frozen layer, models inside the model, and the state of a schedule and of an optimizer."""
    x = keras.Input((STEPS, CHANNELS // 2, 2))
    inside = keras.Input((STEPS, CHANNELS // 2, 3))
    y = layers.BatchNormalization(axis=1)(inside)
    y = layers.Conv2D(2, (1, 2), activation="tanh", name="deep")(y)
    model = layers.Conv2D(3, (3, 1), padding="same", activation="relu", trainable=False)(x)
    model = keras.Model(inside, y, name="inside")(model)
    model = keras.Sequential([keras.Input((STEPS, 1, 2)), layers.Reshape((STEPS, 2)), layers.Dense(3, activation="tanh"),
                              layers.TimeDistributed(layers.BatchNormalization())])(model)
    model = keras.Model(x, layers.Dense(1, activation="sigmoid")(model), name="an_image")
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([1, 3], [0.01, 0.005, 0.001])
    model.compile(optimizer=keras.optimizers.RMSprop(schedule, momentum=0.5, centered=True), loss="mse")
    model.fit(np.ones((6, STEPS, CHANNELS // 2, 2)), np.zeros((6, STEPS, 1)), batch_size=3, epochs=2, verbose=0)
    return model


def vector():
    return keras.Sequential([keras.Input((STEPS * CHANNELS,)), layers.Dense(5, activation="relu"),
                             layers.Dense(2, activation="softmax")])


CASES = {"image": image, "vector": vector, "stack": stack, "across": across, "open-time": open_time, "skips": skips}


def main():
    for name, make in CASES.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        keras.utils.set_random_seed(20261127)
        model = make()
        model.set_weights([w + np.random.normal(0, 0.1, w.shape) for w in model.get_weights()])
        x = np.random.normal(0, 1, (N_WINDOWS, STEPS * CHANNELS)).astype("<f4")
        x = x.reshape(-1, *(n or STEPS for n in model.input_shape[1:]))
        model.save(HERE / f"{name}.keras")
        (HERE / f"{name}.bin").write_bytes(x.tobytes() + model.predict(x, verbose=0).astype("<f4").tobytes())


if __name__ == "__main__":
    main()
