# grid_each.py: golden cases of TimeDistributed over the layers that it may wrap; few steps, as Keras compiles each by itself
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers


def each(name, layer, *after, shape=None, train=False):
    before = [layers.Reshape((3,) + shape)] if shape is not None else []
    return case(f"each-{name}", *before, layers.TimeDistributed(layer), *after, steps=3, channels=4, train=train)


CASES = [
    each("dense", layers.Dense(5, activation="tanh"), train=True),
    each("prelu", layers.PReLU(), train=True),
    each("norm", layers.BatchNormalization(momentum=0.8), layers.Dense(2), train=True),
    each("norm-each", layers.TimeDistributed(layers.BatchNormalization(momentum=0.6)), shape=(2, 2), train=True),
    each("conv-1", layers.Conv1D(3, 2, strides=2, activation="relu"), shape=(4, 1), train=True),
    each("lstm", layers.LSTM(3, return_sequences=True), shape=(2, 2), train=True),
    each("layer-norm", layers.LayerNormalization(axis=[-1, 1]), shape=(2, 2)),
    each("conv-2", layers.Conv2D(3, (2, 1), padding="same", activation="tanh"), shape=(2, 2, 1)),
    each("depthwise", layers.DepthwiseConv1D(2, depth_multiplier=2), shape=(2, 2)),
    each("separable", layers.SeparableConv1D(3, 2, padding="same"), shape=(2, 2)),
    each("transpose", layers.Conv1DTranspose(3, 2, strides=2), shape=(2, 2)),
    each("flatten", layers.Flatten(), layers.Dense(3), shape=(2, 2)),
    each("reshape", layers.Reshape((2, 2)), layers.TimeDistributed(layers.LSTM(3))),
    each("permute", layers.Permute((2, 1)), layers.TimeDistributed(layers.LSTM(3)), shape=(2, 2)),
    each("repeat", layers.RepeatVector(3), layers.TimeDistributed(layers.GRU(3))),
    each("up", layers.UpSampling1D(2), shape=(2, 2)),
    each("pad", layers.ZeroPadding1D((1, 2)), shape=(2, 2)),
    each("crop", layers.Cropping1D((1, 1)), shape=(4, 1)),
    each("global", layers.GlobalMaxPooling1D(), layers.Dense(2), shape=(2, 2)),
    each("average", layers.AveragePooling1D(3, 2, padding="same"), shape=(4, 1)),
    each("pool-2", layers.MaxPooling2D(2), shape=(2, 2, 1)),
    each("softmax", layers.Softmax(axis=1), shape=(2, 2)),
    each("activation", layers.Activation("gelu"), layers.Dense(2)),
]
