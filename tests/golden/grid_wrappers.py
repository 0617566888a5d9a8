# grid_wrappers.py: golden cases of Bidirectional and TimeDistributed, alone and in each other
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers

CASES = []

for mode in ("concat", "sum", "mul", "ave"):
    for sequences in (False, True):
        inner = {"concat": layers.LSTM, "sum": layers.GRU, "mul": layers.SimpleRNN, "ave": layers.LSTM}[mode]
        CASES.append(case(f"both-{mode}-{sequences}", layers.Bidirectional(inner(5, return_sequences=sequences), merge_mode=mode),
                          windows=33 if sequences else 1, train=mode == "concat"))

CASES += [
    case("both-before", layers.Bidirectional(layers.GRU(17, return_sequences=True, reset_after=False, use_bias=False))),
    case("each-both", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.Bidirectional(layers.LSTM(3))), train=False),
    case("each-gru", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.GRU(3, return_sequences=True)), train=False),
    case("each-pool", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.MaxPooling1D(2)), train=False),
    case("each-each", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.TimeDistributed(layers.Dense(3, activation="tanh"))),
         train=False),
    case("each-conv-2", layers.Reshape((11, 2, 2, 1)), layers.TimeDistributed(layers.Conv2D(3, (2, 1), padding="same",
                                                                                              activation="tanh"))),
    case("each-conv-1", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.Conv1D(3, 2, strides=2, activation="relu"))),
    case("each-depthwise", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.DepthwiseConv1D(2, depth_multiplier=2))),
    case("each-separable", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.SeparableConv1D(3, 2, padding="same"))),
    case("each-transpose", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.Conv1DTranspose(3, 2, strides=2))),
    case("each-flatten", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.Flatten()), layers.Dense(3)),
    case("each-reshape", layers.TimeDistributed(layers.Reshape((2, 2))), layers.TimeDistributed(layers.LSTM(3))),
    case("each-permute", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.Permute((2, 1))),
         layers.TimeDistributed(layers.LSTM(3))),
    case("each-repeat", layers.TimeDistributed(layers.RepeatVector(3)), layers.TimeDistributed(layers.GRU(3))),
    case("each-up", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.UpSampling1D(2)), train=False),
    case("each-pad", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.ZeroPadding1D((1, 2))), train=False),
    case("each-crop", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.Cropping1D((1, 1))), train=False),
    case("each-global", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.GlobalMaxPooling1D()), layers.Dense(2)),
    case("each-average", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.AveragePooling1D(3, 2, padding="same")),
         train=False),
    case("each-pool-2", layers.Reshape((11, 2, 2, 1)), layers.TimeDistributed(layers.MaxPooling2D(2)), train=False),
    case("each-softmax", layers.Reshape((11, 2, 2)), layers.TimeDistributed(layers.Softmax(axis=1)), train=False),
    case("each-prelu", layers.TimeDistributed(layers.PReLU())),
    case("each-activation", layers.TimeDistributed(layers.Activation("gelu")), layers.Dense(2)),
    case("across", layers.Reshape((11, 4, 1)), layers.Conv2D(3, (1, 2), activation="relu"),
         layers.TimeDistributed(layers.LSTM(5)), layers.Dense(1, activation="sigmoid")),
]
