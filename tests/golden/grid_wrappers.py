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
    case("each-each", layers.Reshape((11, 2, 2)),
         layers.TimeDistributed(layers.TimeDistributed(layers.Dense(3, activation="tanh"))), train=False),
    case("across", layers.Reshape((11, 4, 1)), layers.Conv2D(3, (1, 2), activation="relu"),
         layers.TimeDistributed(layers.LSTM(5)), layers.Dense(1, activation="sigmoid")),
]
