# make-filter.py: what SciPy's filters make of a signal, as filter.bin for test-filter.c
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# /opt/peers/bin/python make-filter.py      (SciPy 1.17.1)
#
# filter.bin, all of it little endian doubles: the number of cases, the number of samples n, the signal (n, every one a float),
# and for each case the seven numbers rate, high-pass, low-pass, order, notch, Q, zero-phase, then n samples.
import os
import struct

import numpy as np
from scipy import signal

N = 900
LEFT_OVER = 1e-10

CASES = [(rate, high, low, order, notch, q, zero)
         for zero in (0, 1)
         for rate, high, low, order, notch, q in (
             (250, 1, 0, 4, 0, 30), (250, 0, 40, 4, 0, 30), (250, 1, 40, 4, 0, 30), (250, 0, 0, 4, 50, 30),
             (250, .5, 0, 2, 0, 30), (256, 0, 100, 8, 60, 10), (1000, 20, 450, 2, 50, 35), (1000, 8, 12, 8, 0, 30),
             (48000, 300, 3400, 6, 0, 30), (250, 0, 124, 6, 0, 30))]


def sections(rate, high, low, order, notch, q):
    parts = []
    if high and low:
        parts.append(signal.butter(order, [high, low], 'bandpass', fs=rate, output='sos'))
    elif high or low:
        parts.append(signal.butter(order, high or low, 'highpass' if high else 'lowpass', fs=rate, output='sos'))
    if notch:
        parts.append(signal.tf2sos(*signal.iirnotch(notch, q, fs=rate)))
    return np.concatenate(parts)


def warm_up(sos):
    radius = max(np.abs(np.roots(section[3:])).max() for section in sos)
    return int(max(np.ceil(np.log(LEFT_OVER) / np.log(radius)), 2))


def forward(sos, x):
    return signal.sosfilt(sos, x, zi=signal.sosfilt_zi(sos) * x[0])[0]


def apply(x, rate, high, low, order, notch, q, zero):
    sos = sections(rate, high, low, order, notch, q)
    if not zero:
        return forward(sos, x)
    longer = np.pad(x, (0, min(warm_up(sos), len(x))), 'edge')
    return forward(sos, forward(sos, longer)[::-1])[::-1][:len(x)]


def main():
    x = np.random.default_rng(5).normal(0, 1, N).cumsum() * .2 + np.sin(np.arange(N) * .9) + 30
    x = x.astype(np.float32).astype(np.float64)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'filter.bin'), 'wb') as out:
        out.write(struct.pack('<2d', len(CASES), N))
        out.write(x.astype('<f8').tobytes())
        for case in CASES:
            out.write(struct.pack('<7d', *case))
            out.write(apply(x, *case).astype('<f8').tobytes())


main()
