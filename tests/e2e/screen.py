# screen.py: reads the virtual X server's screen and writes PNG files
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
