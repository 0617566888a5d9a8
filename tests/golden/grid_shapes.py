# grid_shapes.py: golden cases of what pools, stretches, pads, crops and moves, and of noise at rest
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
from golden import case
from keras import layers, ops


def deep():
    return layers.Reshape((11, 2, 2))


class ExpandDims(layers.Layer):
    """keras.ops.expand_dims as a layer: what a functional model keeps under this name."""

    def __init__(self, axis):
        super().__init__()
        self.axis = axis

    def call(self, x):
        return ops.expand_dims(x, self.axis)

    def get_config(self):
        return {"axis": self.axis}


CASES = []
for pool, strides in (((2, 2), None), ((3, 1), None), ((3, 2), (2, 1)), ((4, 1), (3, 2))):
    for padding in ("valid", "same"):
        CASES.append(case(f"average2d-{pool}-{strides}-{padding}", deep(),
                          layers.AveragePooling2D(pool, strides=strides, padding=padding), windows=1 if pool == (3, 1) else 5,
                          train=padding == "same" and pool == (3, 2)))

for keep in (False, True):
    for kind in (layers.GlobalAveragePooling1D, layers.GlobalMaxPooling1D):
        CASES.append(case(f"{kind.__name__}-{keep}", layers.Dense(17), kind(keepdims=keep), windows=33, train=keep))
    for kind in (layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D):
        CASES.append(case(f"{kind.__name__}-{keep}", deep(), layers.Dense(3), kind(keepdims=keep), train=False))

for size in ((2, 2), (3, 1), (1, 4), (4, 3)):
    for interpolation in ("nearest", "bilinear"):
        CASES.append(case(f"up2d-{size}-{interpolation}", deep(), layers.UpSampling2D(size, interpolation=interpolation),
                          windows=33 if size == (2, 2) else 5, train=size == (3, 1)))

for padding in (2, (1, 3), (0, 4)):
    CASES.append(case(f"pad1d-{padding}", layers.ZeroPadding1D(padding), train=padding == 2))
    CASES.append(case(f"crop1d-{padding}", layers.Cropping1D(padding), windows=1, train=padding == 2))
for name, padding in (("one", 1), ("two", (2, 0)), ("four", ((1, 2), (0, 3)))):
    CASES.append(case(f"pad2d-{name}", deep(), layers.ZeroPadding2D(padding), train=name == "four"))
for name, cropping in (("none", 0), ("two", (3, 0)), ("four", ((1, 3), (0, 1)))):
    CASES.append(case(f"crop2d-{name}", deep(), layers.Cropping2D(cropping), windows=33, train=name == "four"))

for dims in ((2, 1), (1, 2)):
    CASES.append(case(f"permute-{dims}", layers.Permute(dims), layers.Dense(3), train=dims == (2, 1)))
for dims in ((3, 1, 2), (2, 3, 1), (1, 3, 2), (3, 2, 1)):
    CASES.append(case(f"permute-{dims}", deep(), layers.Permute(dims), layers.Dense(3), windows=1 if dims == (3, 2, 1) else 5,
                      train=False))
CASES += [
    case("repeat", layers.GlobalAveragePooling1D(), layers.RepeatVector(5), layers.Dense(3)),
    case("repeat-1", layers.LSTM(3), layers.RepeatVector(1), windows=33, train=False),
    case("expand", ExpandDims(-1), layers.Conv2D(2, (2, 2))),
    case("reshape-open", layers.Reshape((-1, 2)), layers.Dense(3), train=False),
    case("spatial-dropout", layers.SpatialDropout1D(0.4), train=False),
    case("noise", layers.GaussianNoise(0.3), layers.Dense(2), train=False),
]
for axis in (1, 2, -2):
    CASES.append(case(f"expand-{axis}", ExpandDims(axis), layers.Dense(3), train=False))
