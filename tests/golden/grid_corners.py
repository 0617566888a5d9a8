# grid_corners.py: golden cases of slopes where they jump: zeros and clipped values that come into ramps and greatest values
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers


def zeros():
    """About half of the numbers are exactly 0."""
    return [layers.Dense(7), layers.ReLU()]


def clipped():
    """Many of the numbers are exactly 0 or exactly a quarter."""
    return [layers.Dense(7), layers.ReLU(max_value=0.25)]


CASES = [
    case("zeros-prelu", *zeros(), layers.PReLU()),
    case("zeros-prelu-each", *zeros(), layers.TimeDistributed(layers.PReLU()), train=False),
    case("zeros-leaky", *zeros(), layers.LeakyReLU()),
    case("zeros-relu-slope", *zeros(), layers.ReLU(negative_slope=0.1), train=False),
    case("zeros-relu-most", *zeros(), layers.ReLU(max_value=0.5, negative_slope=0.1), train=False),
    case("zeros-relu-6", *zeros(), layers.ReLU(max_value=6.0, negative_slope=0.1), train=False),
    case("clipped-most", *clipped(), layers.ReLU(max_value=0.25)),
    case("clipped-most-slope", *clipped(), layers.ReLU(max_value=0.25, negative_slope=0.2), train=False),
    case("clipped-threshold", *clipped(), layers.ReLU(threshold=0.25), train=False),
    case("clipped-threshold-slope", *clipped(), layers.ReLU(threshold=0.25, negative_slope=0.2), train=False),
    case("clipped-both", *clipped(), layers.ReLU(max_value=0.25, threshold=0.125, negative_slope=0.2), train=False),
    case("clipped-zero", *clipped(), layers.ReLU(max_value=0.0), train=False),
    case("clipped-zero-slope", layers.Dense(7), layers.ReLU(max_value=0.0, negative_slope=0.2)),
    case("clipped-pool", *clipped(), layers.MaxPooling1D(3), train=False),
    case("clipped-global", *clipped(), layers.GlobalMaxPooling1D(), train=False),
]
for name in ("relu", "relu6", "elu", "selu", "softsign", "hard_sigmoid"):
    CASES.append(case(f"zeros-{name}", *zeros(), layers.Activation(name), train=False))
