# headless.py: app/run on a machine without a display trains the demo and leaves two pictures
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# headless.py SOURCE-FOLDER BUILD-FOLDER
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

import tap

PICTURES = ('overlay.png', 'loss.png')
FEWEST_COLORS = 24      # a picture with text, traces and curves has many more; a blank one has one


def read_png(path):
    """Returns (width, height, set of pixels) of an 8-bit RGB or RGBA picture."""
    with open(path, 'rb') as file:
        data = file.read()
    assert data[:8] == b'\x89PNG\r\n\x1a\n', f'{path} is no PNG picture'
    width, height, depth, color = struct.unpack('>IIBB', data[16:26])
    assert depth == 8 and color in (2, 6), f'{path} has depth {depth}, colour type {color}'
    packed, at = b'', 8
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IDAT':
            packed += data[at + 8:at + 8 + size]
        at += 12 + size
    channels = 3 if color == 2 else 4
    raw, stride = zlib.decompress(packed), channels * width
    pixels, above = set(), bytes(stride)
    for y in range(height):
        line = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        unfilter(raw[y * (stride + 1)], line, above, channels)
        pixels.update(bytes(line[i:i + 3]) for i in range(0, stride, channels))
        above = line
    return width, height, pixels


def unfilter(kind, line, above, channels):
    """Undoes the filter of one line of a PNG picture, in place."""
    for i in range(len(line)):
        left = line[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        if kind == 1:
            line[i] = (line[i] + left) & 255
        elif kind == 2:
            line[i] = (line[i] + above[i]) & 255
        elif kind == 3:
            line[i] = (line[i] + (left + above[i]) // 2) & 255
        elif kind == 4:
            line[i] = (line[i] + min((abs(above[i] - corner), 0, left), (abs(left - corner), 1, above[i]),
                                     (abs(left + above[i] - 2 * corner), 2, corner))[2]) & 255


def headless():
    source, build = sys.argv[1:]
    if os.path.realpath(build) != os.path.realpath(os.path.join(source, 'build')):
        print('1..0 # SKIP app/run builds in build/, and this build is not there')
        return
    with tempfile.TemporaryDirectory(prefix='lamina-e2e.') as folder:
        environment = {k: v for k, v in os.environ.items() if k not in ('DISPLAY', 'WAYLAND_DISPLAY')}
        done = None
        with tap.case('app/run ends well without a display, from another folder'):
            done = subprocess.run([os.path.join(source, 'app/run')], cwd=folder, env=dict(environment, LAMINA_OUT=folder),
                                  capture_output=True, text=True, check=False)
            assert done.returncode == 0, f'app/run ended with {done.returncode}:\n{done.stdout}\n{done.stderr}'
        with tap.case('its epochs are printed and their loss falls'):
            losses = [float(loss) for loss in re.findall(r'\bloss[ =:]+([\d.]+)', done.stdout + done.stderr)]
            tap.comment(f'{len(losses)} losses, {losses[:1]} to {losses[-1:]}')
            assert len(losses) >= 3 and losses[-1] < 0.8 * losses[0], f'the losses printed are {losses}'
        for name in PICTURES:
            with tap.case(f'it leaves {name} and says where'):
                path = os.path.join(folder, name)
                assert name in done.stdout + done.stderr, f'{name} is not named in what app/run printed:\n{done.stdout}'
                width, height, pixels = read_png(path)
                tap.comment(f'{width} × {height}, {len(pixels)} colours')
                assert width >= 600 and height >= 300 and len(pixels) >= FEWEST_COLORS


if __name__ == '__main__':
    tap.run(headless)
