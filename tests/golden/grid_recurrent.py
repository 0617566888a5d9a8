# grid_recurrent.py: golden cases of LSTM, GRU and SimpleRNN, over their arguments
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers

CASES = []


def add(name, layer, windows=5, train=True, steps=11):
    CASES.append(case(name, layer, windows=windows, train=train, steps=steps))


KINDS = {
    "lstm": (layers.LSTM, {}),
    "gru": (layers.GRU, {}),
    "gru-before": (layers.GRU, {"reset_after": False}),
    "simple": (layers.SimpleRNN, {}),
}

for name, (kind, more) in KINDS.items():
    for units, windows in ((1, 33), (5, 1), (16, 5), (19, 33), (33, 5)):
        for sequences in (False, True):
            add(f"{name}-{units}-{sequences}", kind(units, return_sequences=sequences, **more), windows, train=units in (5, 19))
    for sequences in (False, True):
        add(f"{name}-backwards-{sequences}", kind(7, return_sequences=sequences, go_backwards=True, **more))
        add(f"{name}-no-bias-{sequences}", kind(6, return_sequences=sequences, use_bias=False, **more))
    add(f"{name}-one-step", kind(4, return_sequences=True, **more), steps=1)
    add(f"{name}-long", kind(4, return_sequences=True, go_backwards=True, **more), steps=37)
    for activation, gates in (("relu", "hard_sigmoid"), ("elu", "tanh"), ("gelu", "sigmoid"), ("silu", "softsign"),
                              ("softplus", "relu6"), ("selu", "silu"), ("linear", "sigmoid"), ("softsign", "elu")):
        bent = dict(more, activation=activation)
        if kind is not layers.SimpleRNN:
            bent["recurrent_activation"] = gates
        add(f"{name}-{activation}-{gates}", kind(5, return_sequences=True, **bent), train=activation in ("elu", "silu"))

# Over all units together. Log-softmax has no bounds, so that many steps of it leave the range in which numbers can be compared.
for name, (kind, more) in KINDS.items():
    for activation in ("softmax", "log_softmax"):
        add(f"{name}-{activation}", kind(5, activation=activation, return_sequences=True, **more), windows=33,
            train=activation == "softmax", steps=11 if activation == "softmax" else 2)
        if kind is not layers.SimpleRNN:
            add(f"{name}-{activation}-gates", kind(19, recurrent_activation=activation, return_sequences=True, **more),
                train=activation == "softmax", steps=11 if activation == "softmax" else 2)
    add(f"{name}-softmax-both", layers.Bidirectional(kind(3, activation="softmax", **more)))
