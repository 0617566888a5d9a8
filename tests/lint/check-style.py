# check-style.py: the objective half of the house style: licence lines, first line, widths, lengths, endings
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# check-style.py ROOT
import os
import re
import sys

import lint

WIDTH = 130             # columns of a line of code
LONG_FILE = 500         # lines: could this be two nouns?
TOO_LONG_FILE = 800
LONG_FUNCTION = 60      # lines, braces included
SPDX = ('SPDX-FileCopyrightText: 2026 The Lamina authors', 'SPDX-License-Identifier: Apache-2.0')
SPDX_WITHIN = 8         # lines from the top

CODE = ('.c', '.h', '.py', '.sh', '.css', '.build')
MARKUP = ('.ui', '.xml', '.svg', '.in', '.desktop', '.supp')
# Texts that have no place for a comment, or whose bytes are what a test is about.
EXEMPT = ('LICENSE', '.md', '.json', '.csv', '.arff', '.txt', '.tsv', '.png', '.npy', '.keras', '.wav', '.flac', '.bin')

# These two name the marks they look for.
SPEAKS_OF_MARKS = ('check-style.py', 'test-lint.py')
UNFINISHED = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b(?!\s*\(?#\d+)')


def kind_of(root, path):
    """Returns 'code', 'markup' or None for what is not checked."""
    name = os.path.basename(path)
    if name.endswith(EXEMPT):
        return None
    if name.endswith(CODE):
        return 'code'
    if name.endswith(MARKUP) or name.startswith('.'):
        return 'markup'
    with open(os.path.join(root, path), 'rb') as file:
        return 'code' if file.read(2) == b'#!' else 'unknown'


def check_head(path, lines, report):
    head = lines[:SPDX_WITHIN]
    for text in SPDX:
        if not any(text in line for line in head):
            report.complain(path, 1, f'the first {SPDX_WITHIN} lines do not say "{text}"')
    name = os.path.basename(path)
    if name.endswith(('.c', '.h')):
        if not re.match(r'/\* ' + re.escape(name) + r': \S', lines[0]):
            report.complain(path, 1, f'the first line is not "/* {name}: one clause"')
    elif name.endswith(('.py', '.sh')) or lines[0].startswith('#!'):
        if not any(re.match(r'# ' + re.escape(name) + r': \S', line) for line in lines[:2]):
            report.complain(path, 1, f'the first comment is not "# {name}: one clause"')
    if name.endswith('.h') and '#pragma once' not in lines:
        report.complain(path, 1, 'has no #pragma once')


def check_lines(path, lines, kind, report):
    if lines[-1] != '':
        report.complain(path, len(lines), 'does not end with a newline')
    for number, line in enumerate(lines, 1):
        if '\t' in line:
            report.complain(path, number, 'has a tab')
        if line != line.rstrip():
            report.complain(path, number, 'has space at its end')
        if kind == 'code' and len(line) > WIDTH:
            report.complain(path, number, f'is {len(line)} columns wide, at most {WIDTH}')
        if UNFINISHED.search(line) and os.path.basename(path) not in SPEAKS_OF_MARKS:
            report.complain(path, number, 'names unfinished work without the number of its issue')


def check_lengths(path, lines, report):
    n_lines = len(lines) - 1
    if n_lines > TOO_LONG_FILE:
        report.complain(path, n_lines, f'has {n_lines} lines, at most {TOO_LONG_FILE}')
    elif n_lines > LONG_FILE:
        report.warn(path, n_lines, f'has {n_lines} lines, better at most {LONG_FILE}')
    if not path.endswith('.c'):
        return
    start = None
    for number, line in enumerate(lines, 1):
        if line == '{':
            start = number
        elif line == '}' and start is not None:
            if number - start + 1 > LONG_FUNCTION:
                report.warn(path, start, f'a function of {number - start + 1} lines, better at most {LONG_FUNCTION}')
            start = None


def check(root, report):
    n_files = 0
    for path in lint.project_files(root):
        kind = kind_of(root, path)
        if kind is None:
            continue
        if kind == 'unknown':
            report.complain(path, 1, 'is of no known kind: name it in check-style.py')
            continue
        n_files += 1
        lines = lint.read_lines(root, path)
        check_head(path, lines, report)
        check_lines(path, lines, kind, report)
        if kind == 'code':
            check_lengths(path, lines, report)
    if n_files == 0:
        report.complain(root, 0, 'holds no file to check')


def main(argv):
    report = lint.Report()
    check(argv[1], report)
    return report.finish()


if __name__ == '__main__':
    sys.exit(main(sys.argv))
