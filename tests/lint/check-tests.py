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
    'core/exchange/nn-h5-*.c': ['exchange/test-h5.c'],
    'core/exchange/nn-keras-*.c': ['exchange/test-keras.c'],
    'core/nn-block.c': ['core/test-design.c', 'core/test-kind.c'],
    'core/nn-check-*.c': ['core/test-check.c'],
    'core/nn-codec-scan.c': ['core/test-codec-weights.c'],
    'core/nn-conv*.c': ['core/test-gradients.c', 'golden/test-golden.c'],
    'core/nn-error.c': ['core/test-codec.c'],
    'core/nn-k-*.c': ['core/test-kernels.c', 'core/test-kernels-bend.c', 'core/test-kernels-gates.c', 'core/test-kernels-norm.c',
                      'core/test-kernels-optim.c'],
    'core/nn-layer*.c': ['core/test-table.c', 'core/test-gradients.c'],
    'core/nn-loss-balance.c': ['core/test-loss.c'],
    'core/nn-memory.c': ['core/test-allocation.c', 'core/test-plan.c'],
    'core/nn-minibatch.c': ['core/test-gradients.c', 'core/test-train.c'],
    'core/nn-ops.c': ['core/test-table.c'],
    'core/nn-optim.c': ['core/test-update.c', 'golden/test-golden-training.c'],
    'core/nn-recurrent-*.c': ['core/test-gradients.c', 'core/test-recurrent.c'],
    'core/nn-shard.c': ['core/test-gradients.c', 'core/test-train.c'],
    'core/nn-target.c': ['core/test-loss.c'],
    'core/nn-weight-map.c': ['core/test-update.c'],
    'data/sig-cache.c': ['data/test-blocks.c', 'data/test-filter.c'],
    'data/sig-columns*.c': ['data/test-reader-csv.c', 'data/test-reader-arff.c'],
    'data/sig-derive.c': ['data/test-rates.c', 'data/test-reader-split.c'],
    'data/sig-edf-date.c': ['data/test-edf.c'],
    'data/sig-edf-plan.c': ['data/test-export-edf.c'],
    'data/sig-edf-text.c': ['data/test-edf.c'],
    'data/sig-edf-times.c': ['data/test-reader-edf.c'],
    'data/sig-error.c': ['data/test-reader.c'],
    'data/sig-event*.c': ['data/test-reader-events.c', 'data/test-reader-labels.c'],
    'data/sig-export-*.c': ['data/test-export.c'],
    'data/sig-extremes.c': ['data/test-pyramid.c'],
    'data/sig-filter-*.c': ['data/test-filter.c'],
    'data/sig-instrument.c': ['data/test-reader-csv-time.c'],
    'data/sig-label-join.c': ['data/test-set.c'],
    'data/sig-npy-text.c': ['data/test-npy.c', 'data/test-npy-records.c'],
    'data/sig-openbci.c': ['data/test-reader-csv.c'],
    'data/sig-pcm.c': ['data/test-reader-wav.c', 'data/test-reader-aiff.c'],
    'data/sig-pyramid-columns.c': ['data/test-pyramid.c', 'ui/test-lanes-belt.c'],
    'data/sig-pyramid-fetch.c': ['data/test-closeup.c'],
    'data/sig-raw.c': ['data/test-reader-wav.c', 'data/test-reader-caf.c'],
    'data/sig-reading.c': ['data/test-reader.c'],
    'data/sig-recording-times.c': ['data/test-recording.c'],
    'data/sig-run.c': ['data/test-pyramid.c'],
    'data/sig-set-channels.c': ['data/test-set.c'],
    'data/sig-sniff.c': ['data/test-reader-csv.c'],
    'data/sig-table*.c': ['data/test-reader-csv.c', 'data/test-npy-records.c'],
    'data/sig-word.c': ['data/test-rates.c'],
    'ui/wb-axis-*.c': ['ui/test-axis.c'],
    'ui/wb-block-page.c': ['ui/test-inspector.c'],
    'ui/wb-channels-row.c': ['ui/test-channels.c'],
    'ui/wb-lane-rows.c': ['ui/test-lanes-paint.c'],
    'ui/wb-marks-*.c': ['ui/test-marks-input.c'],
    'ui/wb-*-paint.c': ['ui/test-picture-paint.c', 'ui/test-lanes-paint.c'],
    'ui/wb-problem-row.c': ['ui/test-problems.c'],
    'ui/wb-readout-value.c': ['ui/test-readout-paint.c'],
    'ui/wb-scene-refs.c': ['ui/test-overview.c', 'ui/test-traces.c'],
    'ui/wb-stack-*.c': ['ui/test-stack.c', 'e2e/journey.py'],
    'ui/wb-swatch.c': ['ui/test-class-bar.c'],
    'ui/wb-traces-*.c': ['ui/test-traces.c', 'ui/test-lanes-paint.c'],
    'app/app-arrays-parts.c': ['app/test-arrays.c'],
    'app/app-ask-dialog.c': ['e2e/labels.py'],
    'app/app-channel-dialog.c': ['e2e/hostile.py'],
    'app/app-dialog.c': ['app/test-label-dialog.c', 'e2e/hostile.py'],
    'app/app-document-*.c': ['app/test-document.c'],
    'app/app-errand.c': ['e2e/picture.py'],
    'app/app-files.c': ['e2e/hostile.py'],
    'app/app-import-form.c': ['app/test-import-dialog.c'],
    'app/app-import-rows.c': ['app/test-import-dialog.c'],
    'app/app-marking-classes.c': ['app/test-marking.c'],
    'app/app-project-*.c': ['app/test-project.c'],
    'app/app-run-predict.c': ['app/test-run.c'],
    'app/app-screenshot.c': ['e2e/picture.py'],
    'app/app-window-*.c': ['app/test-window.c', 'e2e/journey.py'],
    'app/main.c': ['e2e/journey.py'],
    'app/cli/*.c': ['app/test-cli.c', 'e2e/headless.py'],
}

PREFIX = re.compile(r'^(nn|sig|wb|app|cli)-')


def test_folder(path):
    """The folder of tests/ that a source's test is in."""
    return 'exchange' if path.startswith('core/exchange/') else path.split('/')[0]


def check(root, report):
    tests = {path[len('tests/'):] for path in lint.project_files(root, 'tests')}
    used = set()
    n_sources = 0
    for path in lint.project_files(root, 'core', 'data', 'ui', 'app'):
        if not path.endswith('.c'):
            continue
        n_sources += 1
        folder, name = test_folder(path), os.path.basename(path)
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
