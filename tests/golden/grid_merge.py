# grid_merge.py: golden cases of merges: residual blocks, repeated extents, U-shapes, several orders and axes of Concatenate
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers

ADD = {"Add": layers.Add, "Multiply": layers.Multiply, "Average": layers.Average, "Maximum": layers.Maximum}


def dense(units, activation="tanh"):
    return {"kind": "Dense", "units": units, "activation": activation}


def conv(filters, kernel=3):
    return {"kind": "Conv1D", "filters": filters, "kernel_size": kernel, "padding": "same", "activation": "tanh"}


def keras_conv(filters, kernel=3):
    return layers.Conv1D(filters, kernel, padding="same", activation="tanh")


def keras_dense(units):
    return layers.Dense(units, activation="tanh")


def two(kind):
    def build(x):
        return ADD[kind]()([keras_dense(4)(x), x])
    return build


def four(kind):
    def build(x):
        a = keras_dense(5)(x)
        b = keras_conv(5)(a)
        c = keras_dense(5)(b)
        return ADD[kind]()([c, a, b, a])
    return build


def repeated(kind):
    def build(x):
        a = keras_dense(5)(x)
        pooled = layers.MaxPooling1D(11)(a)
        return ADD[kind]()([keras_dense(5)(pooled), a])
    return build


def last_state(kind):
    def build(x):
        return ADD[kind]()([layers.LSTM(4)(x), x])
    return build


def one_channel(kind):
    def build(x):
        return ADD[kind]()([keras_dense(1)(x), x])
    return build


CASES = []
for kind in ADD:
    CASES += [
        case(f"{kind}-two", build=two(kind), blocks=[dense(4), {"kind": kind, "with": [0]}]),
        case(f"{kind}-four", build=four(kind), windows=33,
             blocks=[dense(5), conv(5), dense(5), {"kind": kind, "with": [1, 2, 1]}]),
        case(f"{kind}-repeated", build=repeated(kind), windows=1,
             blocks=[dense(5), {"kind": "MaxPooling1D", "pool_size": 11}, dense(5), {"kind": kind, "with": [1]}]),
        case(f"{kind}-last-state", build=last_state(kind),
             blocks=[{"kind": "LSTM", "units": 4, "return_sequences": False}, {"kind": kind, "with": [0]}]),
        case(f"{kind}-one-channel", build=one_channel(kind), blocks=[dense(1), {"kind": kind, "with": [0]}]),
    ]


def concatenated(x):
    return layers.Concatenate()([keras_conv(3)(x), x])


def between(x):
    a = keras_dense(3)(x)
    b = keras_dense(2)(a)
    return layers.Concatenate()([a, b, x])


def behind(x):
    a = keras_dense(3)(x)
    b = keras_dense(2)(a)
    return keras_conv(4)(layers.Concatenate(axis=2)([x, a, b]))


def along_time(x):
    return layers.Concatenate(axis=1)([layers.MaxPooling1D(2)(x), x])


def rows(x):
    a = layers.LSTM(5)(x)
    return layers.Concatenate()([keras_dense(3)(a), a])


def deep(x):
    a = layers.Reshape((11, 2, 2))(x)
    b = layers.Conv2D(2, (2, 1), padding="same", activation="tanh")(a)
    return layers.Concatenate(axis=2)([b, a])


def residual(x):
    a = keras_conv(4)(x)
    for _ in range(2):
        b = keras_conv(4)(a)
        a = layers.Activation("relu")(layers.Add()([keras_conv(4)(b), a]))
    return a


def u_shape(x):
    a = keras_conv(4)(x)
    b = keras_conv(6)(layers.MaxPooling1D(2)(a))
    c = keras_conv(8)(layers.MaxPooling1D(2)(b))
    d = keras_conv(6)(layers.Concatenate()([layers.UpSampling1D(2)(c), b]))
    return keras_conv(4)(layers.Concatenate()([layers.UpSampling1D(2)(d), a]))


POOL, UP = {"kind": "MaxPooling1D", "pool_size": 2}, {"kind": "UpSampling1D", "size": 2}
RELU = {"kind": "Activation", "activation": "relu"}

CASES += [
    case("concatenate", build=concatenated, windows=33, blocks=[conv(3), {"kind": "Concatenate", "with": [0]}]),
    case("concatenate-between", build=between, blocks=[dense(3), dense(2), {"kind": "Concatenate", "with": [1, 0], "place": 1}]),
    case("concatenate-behind", build=behind,
         blocks=[dense(3), dense(2), {"kind": "Concatenate", "with": [0, 1], "place": 2, "axis": 2}, conv(4)]),
    case("concatenate-time", build=along_time, blocks=[POOL, {"kind": "Concatenate", "with": [0], "axis": 1}]),
    case("concatenate-rows", build=rows, windows=1,
         blocks=[{"kind": "LSTM", "units": 5, "return_sequences": False}, dense(3), {"kind": "Concatenate", "with": [1]}]),
    case("concatenate-deep", build=deep,
         blocks=[{"kind": "Reshape", "target_shape": [11, 2, 2]},
                 {"kind": "Conv2D", "filters": 2, "kernel_size": [2, 1], "padding": "same", "activation": "tanh"},
                 {"kind": "Concatenate", "with": [1], "axis": 2}]),
    case("residual", build=residual,
         blocks=[conv(4), conv(4), conv(4), {"kind": "Add", "with": [1]}, RELU,
                 conv(4), conv(4), {"kind": "Add", "with": [5]}, RELU]),
    case("u-shape", build=u_shape, steps=12,
         blocks=[conv(4), POOL, conv(6), POOL, conv(8), UP, {"kind": "Concatenate", "with": [3]}, conv(6), UP,
                 {"kind": "Concatenate", "with": [1]}, conv(4)]),
]
