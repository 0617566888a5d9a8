# core_table.py: what the core's table of layers has, read from its sources
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


def list_kinds():
    """The class names of all kinds of blocks."""
    text = ''.join(path.read_text() for path in sorted((ROOT / 'core').glob('nn-layer-*.c')))
    return re.findall(r'\.kind = \{\s*"(\w+)"', text)


def list_activations():
    """The words for activations that any block may have."""
    text = (ROOT / 'core/nn-layer-args.c').read_text()
    return re.findall(r'"(\w+)"', re.search(r'nn_activation_choices\[\] = \{([^}]*)\}', text).group(1))
