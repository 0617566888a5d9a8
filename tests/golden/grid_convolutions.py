# grid_convolutions.py: golden cases of convolutions in groups, by channel, in two steps, and transposed
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers

STEPS = ((1, 1), (2, 1), (3, 1), (1, 2))  # strides, dilation

CASES = []
for groups, filters in ((2, 6), (4, 4), (4, 8), (2, 34)):
    for padding in ("valid", "same", "causal"):
        strides, dilation = STEPS[(groups + filters + len(padding)) % 4]
        CASES.append(case(f"groups-{groups}-{filters}-{padding}-{strides}-{dilation}",
                          layers.Conv1D(filters, 3, strides=strides, padding=padding, dilation_rate=dilation, groups=groups,
                                        activation="tanh"),
                          windows=33 if filters == 34 else 5, train=padding == "same" and filters in (6, 8)))
for groups, strides, padding in ((2, 1, "same"), (2, 2, "valid"), (4, 1, "valid"), (4, 2, "same")):
    CASES.append(case(f"groups2d-{groups}-{strides}-{padding}", layers.Reshape((11, 1, 4)), layers.Permute((1, 3, 2)),
                      layers.Dense(4), layers.Conv2D(8, (3, 2), strides=strides, padding=padding, groups=groups), train=False))

for padding in ("valid", "same"):
    for kernel in (1, 2, 3, 4):
        for strides, dilation in STEPS:
            if kernel < 3 and dilation > 1:
                continue
            several = 1 + (kernel + strides) % 3
            name = f"{padding}-{kernel}-{strides}-{dilation}"
            windows = {(2, 2): 33, (3, 2): 1}.get((kernel, strides), 5)
            train = kernel == 3 and strides == 2
            CASES.append(case(f"depthwise-{name}",
                              layers.DepthwiseConv1D(kernel, strides=strides, padding=padding, dilation_rate=dilation,
                                                     depth_multiplier=several, activation="tanh"), windows=windows, train=train))
            CASES.append(case(f"separable-{name}",
                              layers.SeparableConv1D(5, kernel, strides=strides, padding=padding, dilation_rate=dilation,
                                                     depth_multiplier=several, activation="tanh"), windows=windows, train=train))
            CASES.append(case(f"transpose-{name}",
                              layers.Conv1DTranspose(3, kernel, strides=strides, padding=padding, dilation_rate=dilation,
                                                     activation="tanh"), windows=windows, train=train))
            for more in range(0, strides if kernel in (2, 3) else 0):
                CASES.append(case(f"transpose-{name}-out{more}",
                                  layers.Conv1DTranspose(2, kernel, strides=strides, padding=padding, output_padding=more,
                                                         dilation_rate=dilation), train=False))
CASES += [
    case("depthwise-wide", layers.Dense(20), layers.DepthwiseConv1D(5, padding="same"), windows=33, train=False),
    case("depthwise-no-bias", layers.DepthwiseConv1D(3, use_bias=False, depth_multiplier=2), train=False),
    case("separable-no-bias", layers.SeparableConv1D(17, 3, use_bias=False, padding="same", activation="gelu"), train=False),
    case("transpose-wide", layers.Dense(18), layers.Conv1DTranspose(17, 4, strides=2, padding="same", activation="silu"),
         windows=33),
    case("transpose-no-bias", layers.Conv1DTranspose(4, 3, strides=2, use_bias=False), train=False),
]
