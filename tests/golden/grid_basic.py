# grid_basic.py: golden cases of the first layers: Conv1D, Conv2D, pools, LSTM, Dense and shapes, over their arguments
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers, regularizers

CASES = [
    case("dense", layers.Dense(5, activation="tanh")),
    case("dense-17", layers.Dense(17, activation="sigmoid", use_bias=False), windows=33),
    case("dense-softmax", layers.Dense(5, activation="softmax"), windows=1),
    case("dense-last", layers.Flatten(), layers.Dense(6)),
]

for padding in ("valid", "same", "causal"):
    for kernel in (1, 2, 3, 4):
        for strides, dilation in ((1, 1), (2, 1), (3, 1), (1, 2), (1, 3)):
            CASES.append(case(f"conv1d-{padding}-{kernel}-{strides}-{dilation}",
                              layers.Conv1D(3, kernel, strides=strides, padding=padding, dilation_rate=dilation,
                                            activation="tanh"),
                              windows={1: 1, 2: 33}.get(kernel, 5) if strides == 2 else 5, train=kernel == 4))

for padding in ("valid", "same"):
    for kernel in ((1, 2), (2, 1), (3, 3), (4, 2)):
        for strides, dilation in (((1, 1), (1, 1)), ((2, 1), (1, 1)), ((2, 2), (1, 1)), ((1, 1), (2, 1)), ((1, 1), (2, 2))):
            if padding == "valid" and kernel == (3, 3) and dilation == (2, 2):
                continue
            name = "-".join(str(n) for n in (*kernel, *strides, *dilation))
            CASES.append(case(f"conv2d-{padding}-{name}", layers.Reshape((11, 4, 1)),
                              layers.Conv2D(3, kernel, strides=strides, padding=padding, dilation_rate=dilation,
                                            activation="tanh"),
                              windows=33 if strides == (2, 2) else 5, train=kernel == (4, 2)))

for kind in (layers.MaxPooling1D, layers.AveragePooling1D):
    for pool, strides in ((2, None), (3, None), (3, 2), (4, 3), (2, 3)):
        for padding in ("valid", "same"):
            CASES.append(case(f"{kind.__name__}-{pool}-{strides}-{padding}", kind(pool, strides=strides, padding=padding),
                              windows=1 if pool == 4 else 5, train=pool == 3))

for pool, strides in (((2, 2), None), ((3, 1), None), ((3, 2), (2, 1)), ((1, 2), (1, 1))):
    for padding in ("valid", "same"):
        CASES.append(case(f"MaxPooling2D-{pool}-{strides}-{padding}", layers.Reshape((11, 4, 1)),
                          layers.MaxPooling2D(pool, strides=strides, padding=padding), train=pool == (2, 2)))

CASES += [
    case("up", layers.UpSampling1D(3)),
    case("flatten", layers.Flatten(), windows=1),
    case("reshape", layers.Reshape((4, 11)), layers.Conv1D(2, 3, padding="same")),
    case("lstm", layers.LSTM(5, return_sequences=True)),
    case("lstm-17", layers.LSTM(17, return_sequences=True), windows=33),
    case("lstm-1", layers.LSTM(3), windows=1),
    case("lstm-no-bias", layers.LSTM(6, use_bias=False, activation="sigmoid", recurrent_activation="tanh")),
    case("each-lstm", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.LSTM(4))),
    case("each-conv", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.Conv1D(3, 2, padding="same"))),
    case("activation", layers.Dense(5), layers.Activation("relu"), layers.Activation("softmax")),
    case("dropout", layers.Dense(5), layers.Dropout(0.3), train=False),
    case("several", layers.Conv1D(6, 4, padding="same", activation="relu"), layers.MaxPooling1D(2),
         layers.LSTM(5, return_sequences=True), layers.UpSampling1D(2), layers.Dense(3, activation="tanh")),
]
