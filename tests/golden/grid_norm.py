# grid_norm.py: golden cases of BatchNormalization, with its moving statistics after training, and of LayerNormalization
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers

CASES = [
    case("batch", layers.BatchNormalization()),
    case("batch-33", layers.BatchNormalization(), windows=33, train=False),
    case("batch-1", layers.BatchNormalization(momentum=0.5), windows=1),
    case("batch-momentum-0", layers.BatchNormalization(momentum=0.0, epsilon=0.01)),
    case("batch-plain", layers.BatchNormalization(center=False, scale=False)),
    case("batch-no-center", layers.Dense(17, activation="tanh"), layers.BatchNormalization(center=False)),
    case("batch-no-scale", layers.Conv1D(3, 4, padding="same", activation="tanh"), layers.BatchNormalization(scale=False)),
    case("batch-deep", layers.Reshape((11, 2, 2)), layers.BatchNormalization(momentum=0.9)),
    case("batch-rows", layers.LSTM(5), layers.BatchNormalization(momentum=0.9)),
    case("batch-twice", layers.Conv1D(6, 3, padding="same", use_bias=False), layers.BatchNormalization(momentum=0.8),
         layers.Activation("tanh"), layers.Conv1D(5, 3, strides=2, padding="same", use_bias=False),
         layers.BatchNormalization(momentum=0.7), layers.Activation("tanh")),
    case("batch-steps", layers.BatchNormalization(axis=1, momentum=0.8)),
    case("batch-steps-33", layers.BatchNormalization(axis=1, momentum=0.8), windows=33, train=False),
    case("batch-deep-1", layers.Reshape((11, 2, 2)), layers.BatchNormalization(axis=1, momentum=0.9)),
    case("batch-deep-2", layers.Reshape((11, 4, 1)), layers.BatchNormalization(axis=2, momentum=0.9, scale=False)),
    case("batch-frozen", layers.Conv1D(5, 3), layers.BatchNormalization(trainable=False), layers.Dense(3, trainable=False),
         layers.Dense(2)),
    case("batch-each", layers.TimeDistributed(layers.BatchNormalization(momentum=0.8))),
    case("batch-each-33", layers.TimeDistributed(layers.BatchNormalization(momentum=0.8)), windows=33, train=False),
    case("batch-each-deep", layers.Reshape((11, 4, 1)), layers.TimeDistributed(layers.BatchNormalization(axis=1, momentum=0.7))),
    case("layer", layers.LayerNormalization()),
    case("layer-33", layers.LayerNormalization(epsilon=0.1), windows=33),
    case("layer-1", layers.LayerNormalization(), windows=1),
    case("layer-17", layers.Dense(17, activation="tanh"), layers.LayerNormalization()),
    case("layer-plain", layers.LayerNormalization(center=False, scale=False)),
    case("layer-no-center", layers.LayerNormalization(center=False)),
    case("layer-no-scale", layers.LayerNormalization(scale=False)),
    case("layer-axis-2", layers.LayerNormalization(axis=2)),
    case("layer-deep", layers.Reshape((11, 2, 2)), layers.LayerNormalization()),
    case("layer-axes", layers.Reshape((11, 2, 2)), layers.LayerNormalization(axis=[-2, -1])),
    case("layer-time", layers.LayerNormalization(axis=1)),
    case("layer-time-33", layers.LayerNormalization(axis=1), windows=33, train=False),
    case("layer-all", layers.LayerNormalization(axis=[1, 2])),
    case("layer-middle", layers.Reshape((11, 4, 1)), layers.LayerNormalization(axis=[2])),
    case("layer-around", layers.Reshape((11, 2, 2)), layers.LayerNormalization(axis=[1, 3])),
    case("layer-rows", layers.LSTM(5), layers.LayerNormalization()),
    case("layer-each", layers.TimeDistributed(layers.LayerNormalization())),
]
