# screen.py: reads the virtual X server's screen; reads and writes PNG files
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
import os
import struct
import zlib


class Image:
    """Rows of RGB bytes."""

    def __init__(self, width, rows):
        self.width = width
        self.rows = rows

    def crop(self, x, y, width, height):
        x, y = max(x, 0), max(y, 0)
        return Image(width, [row[3 * x:3 * (x + width)] for row in self.rows[y:y + height]])

    def count_different(self, other):
        """How many pixels differ from those of an image of the same size."""
        n = 0
        for mine, theirs in zip(self.rows, other.rows):
            if mine != theirs:
                n += sum(mine[i:i + 3] != theirs[i:i + 3] for i in range(0, len(mine), 3))
        return n

    def save(self, path):
        def chunk(kind, data):
            return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
        header = struct.pack('>IIBBBBB', self.width, len(self.rows), 8, 2, 0, 0, 0)
        pixels = zlib.compress(b''.join(b'\0' + row for row in self.rows), 6)
        with open(path, 'wb') as file:
            file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', pixels) + chunk(b'IEND', b''))


def is_readable():
    return os.path.exists(os.environ.get('LAMINA_SCREEN', ''))


def read():
    """The screen as it is now, from the XWD file that Xvfb keeps its memory in (see tests/support/with-display)."""
    with open(os.environ['LAMINA_SCREEN'], 'rb') as file:
        data = file.read()
    (header_size, _, _, _, width, height, _, byte_order, _, _, _, bits, stride) = struct.unpack('>13I', data[:52])
    n_colors = struct.unpack('>I', data[76:80])[0]
    if bits != 32 or byte_order != 0:
        raise ValueError(f'The screen has {bits} bits a pixel, byte order {byte_order}; 32 and 0 are expected.')
    start = header_size + 12 * n_colors
    rows = []
    for y in range(height):
        line = data[start + y * stride:start + y * stride + 4 * width]
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
        rows.append(bytes(row))
    return Image(width, rows)


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
