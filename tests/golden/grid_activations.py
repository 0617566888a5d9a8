# grid_activations.py: golden cases of activations: as arguments of Dense and convolutions, and as layers of their own
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers

NAMES = ("linear", "relu", "tanh", "sigmoid", "relu6", "elu", "selu", "softplus", "softsign", "hard_sigmoid", "exponential",
         "silu", "gelu", "softmax", "log_softmax")

# With these the read-out comes so near 0 and 1 that its loss is what Keras clips it to.
SATURATES = ("exponential", "log_softmax")

CASES = []
for name in NAMES:
    CASES += [
        case(f"dense-{name}", layers.Dense(17, activation=name), windows=33, train=name not in SATURATES),
        case(f"conv1d-{name}", layers.Conv1D(5, 3, padding="same", activation=name), layers.Conv1D(2, 2, activation=name)),
        case(f"conv2d-{name}", layers.Reshape((11, 4, 1)), layers.Conv2D(3, (2, 2), activation=name), windows=1, train=False),
        case(f"activation-{name}", layers.Dense(5), layers.Activation(name)),
        case(f"each-{name}", layers.TimeDistributed(layers.Dense(3, activation=name)), train=False),
    ]

for most in (None, 0.5, 6.0):
    for slope in (0.0, 0.2):
        for threshold in (0.0, 0.25):
            CASES.append(case(f"relu-{most}-{slope}-{threshold}", layers.Dense(7),
                              layers.ReLU(max_value=most, negative_slope=slope, threshold=threshold), train=most == 0.5))

for axis in (-1, 1, 2, -2):
    CASES.append(case(f"softmax-{axis}", layers.Dense(5), layers.Softmax(axis=axis), windows=1 if axis == 1 else 5))
for axis in (1, 2, 3, -1, -2, -3):
    CASES.append(case(f"softmax-deep-{axis}", layers.Reshape((11, 2, 2)), layers.Softmax(axis=axis), train=axis == 2))

CASES += [
    case("leaky", layers.Dense(7), layers.LeakyReLU()),
    case("leaky-0.05", layers.Dense(17), layers.LeakyReLU(negative_slope=0.05), windows=33),
    case("elu", layers.Dense(7), layers.ELU()),
    case("elu-0.4", layers.Dense(17), layers.ELU(alpha=0.4), windows=33),
    case("prelu", layers.Dense(7), layers.PReLU()),
    case("prelu-first", layers.PReLU()),
    case("prelu-1", layers.PReLU(shared_axes=[1]), windows=33),
    case("prelu-2", layers.PReLU(shared_axes=[2]), windows=1),
    case("prelu-1-2", layers.PReLU(shared_axes=[1, 2])),
    case("prelu-deep", layers.Reshape((11, 2, 2)), layers.PReLU(shared_axes=[1, 3])),
    case("prelu-deep-1-2", layers.Reshape((11, 2, 2)), layers.PReLU(shared_axes=[1, 2])),
    case("prelu-flat", layers.Flatten(), layers.Dense(9), layers.PReLU()),
]
