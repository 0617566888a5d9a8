# check-tests.py: every source file has a test of its own name, or a line here that says where it is tested
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# check-tests.py ROOT
import fnmatch
import os
import re
import sys

import lint

# Pattern of the source: the tests that cover it, from tests/. Each of them must exist.
COVERED = {
    'core/nn-layer-*.c': ['core/test-table.c', 'core/test-gradients.c'],
    'core/nn-k-*.c': ['core/test-kernels.c'],
    'core/nn-conv.c': ['core/test-gradients.c'],
    'core/nn-init.c': ['core/test-model.c'],
    'core/nn-memory.c': ['core/test-plan.c'],
    'core/nn-minibatch.c': ['core/test-gradients.c', 'core/test-train.c'],
    'core/nn-ops.c': ['core/test-gradients.c'],
    'core/nn-optim.c': ['golden/test-golden.c', 'core/test-kernels.c'],
    'core/nn-shard.c': ['core/test-predict.c', 'core/test-train.c'],
    'ui/wb-stack-*.c': ['ui/test-stack.c'],
    'ui/wb-block-page.c': ['ui/test-inspector.c'],
    'ui/wb-problem-row.c': ['ui/test-problems.c'],
    'data/sig-columns.c': ['data/test-reader-csv.c'],
    'data/sig-openbci.c': ['data/test-reader-csv.c'],
    'data/sig-pcm.c': ['data/test-reader-wav.c', 'data/test-reader-caf.c', 'data/test-reader-aiff.c'],
    'data/sig-raw.c': ['data/test-blocks.c'],
    'data/sig-reading.c': ['data/test-reader.c'],
    'data/sig-sniff.c': ['data/test-reader-csv.c'],
    'data/sig-table.c': ['data/test-reader-csv.c'],
    'app/main.c': ['e2e/journey.py'],
    'app/cli/*.c': ['app/test-cli.c', 'e2e/headless.py'],
}

PREFIX = re.compile(r'^(nn|sig|wb|app|cli)-')


def check(root, report):
    tests = {path[len('tests/'):] for path in lint.project_files(root, 'tests')}
    used = set()
    n_sources = 0
    for path in lint.project_files(root, 'core', 'data', 'ui', 'app'):
        if not path.endswith('.c'):
            continue
        n_sources += 1
        folder, name = path.split('/')[0], os.path.basename(path)
        if f'{folder}/test-{PREFIX.sub("", name)}' in tests:
            continue
        for pattern, covering in COVERED.items():
            if fnmatch.fnmatchcase(path, pattern):
                used.add(pattern)
                for test in covering:
                    if test not in tests:
                        report.complain(path, 1, f'is said to be tested by tests/{test}, which does not exist')
                break
        else:
            report.complain(path, 1, f'has no tests/{folder}/test-{PREFIX.sub("", name)}')
    if n_sources == 0:
        report.complain(root, 0, 'holds no source file')
    for pattern in COVERED.keys() - used:
        report.warn('tests/lint/check-tests.py', 1, f'"{pattern}" fits no file that lacks a test')


def main(argv):
    report = lint.Report()
    check(argv[1], report)
    return report.finish()


if __name__ == '__main__':
    sys.exit(main(sys.argv))
