# test-lint.py: each check refuses a bad sample and lets a good one pass
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import lint  # noqa: E402

SPDX = ' * SPDX-FileCopyrightText: 2026 The Lamina authors\n * SPDX-License-Identifier: Apache-2.0\n */\n'


def load(path):
    spec = importlib.util.spec_from_file_location('checked', os.path.join(HERE, path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layers = load('check-layers.py')
style = load('check-style.py')
tests = load('check-tests.py')
count = load('../support/count.py')


def source(name, body):
    return f'/* {name}: a sample\n *\n' + SPDX + body


class TreeCase(unittest.TestCase):
    """Gives each test a project of its own to put samples in."""

    def setUp(self):
        self.root = tempfile.mkdtemp(prefix='lamina-lint.')
        self.addCleanup(shutil.rmtree, self.root)

    def put(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    def complaints(self, check):
        report = lint.Report()
        check(self.root, report)
        return report.complaints

    def expect(self, check, *fragments):
        found = self.complaints(check)
        self.assertEqual(len(found), len(fragments), found)
        for text, fragment in zip(found, fragments):
            self.assertIn(fragment, text)


class Includes(TreeCase):
    def put_include(self, path, *names):
        self.put(path, ''.join(f'#include {name}\n' for name in names))

    def test_what_the_matrix_allows(self):
        self.put_include('core/nn-k-gemm.c', '"nn-k.h"', '<stddef.h>')
        self.put_include('core/nn-model.c', '"nn-model.h"', '<glib.h>')
        self.put_include('data/sig-batch.c', '"sig-batch.h"', '"nn-batch.h"', '<fcntl.h>')
        self.put_include('ui/wb-traces.c', '"wb-traces.h"', '"sig-pyramid.h"', '<gtk/gtk.h>')
        self.put_include('app/app-window.c', '"wb-traces.h"', '"nn-train.h"', '<gtk/gtk.h>')
        self.expect(layers.check_includes)

    def test_every_wrong_way(self):
        for path, name in [
            ('core/nn-k-gemm.c', '<glib.h>'), ('core/nn-k-gemm.c', '"nn-model.h"'), ('core/nn-kind.c', '<gio/gio.h>'),
            ('core/nn-model.c', '"sig-recording.h"'), ('core/nn-model.c', '<glib-object.h>'), ('core/nn-model.c', '<pthread.h>'),
            ('core/nn-model.c', '<jansson.h>'), ('data/sig-batch.c', '"nn-model.h"'), ('data/sig-batch.c', '"wb-axis.h"'),
            ('data/sig-reader-csv.c', '<sndfile.h>'), ('data/sig-batch.c', '<gio/gio.h>'), ('ui/wb-axis.c', '<cairo.h>'),
            ('ui/wb-traces-paint.c', '<gtk/gtk.h>'), ('ui/wb-traces.c', '"sig-reader.h"'), ('ui/wb-traces.c', '"nn-train.h"'),
            ('ui/wb-traces.c', '"app-document.h"'), ('ui/wb-traces.c', '<fcntl.h>'), ('ui/wb-traces.c', '<pthread.h>'),
            ('app/cli/cli-train.c', '<gtk/gtk.h>'), ('app/app-run.c', '<gtk/gtk.h>'),
        ]:
            with self.subTest(path=path, name=name):
                shutil.rmtree(os.path.join(self.root, path.split('/')[0]), ignore_errors=True)
                self.put_include(path, name)
                self.assertTrue(any('may not include' in text for text in self.complaints(layers.check_includes)))
                os.remove(os.path.join(self.root, path))

    def test_gtk_reached_by_a_header(self):
        self.put_include('ui/wb-traces.h', '<gtk/gtk.h>')
        self.put_include('ui/wb-scene.h', '"wb-traces.h"')
        self.put_include('ui/wb-traces-paint.c', '"wb-scene.h"')
        self.expect(layers.check_includes, 'wb-traces.h > gtk', 'wb-scene.h > wb-traces.h > gtk')


    def test_speaking_below_app(self):
        self.put('core/nn-a.c', 'void\na (void)\n{\n  g_warning ("%s", "a");\n}\n')
        self.put('app/app-a.c', 'void\na (void)\n{\n  g_warning ("%s", "a");\n}\n')
        self.expect(layers.check_includes, 'core/nn-a.c:4: speaks')


class Symbols(TreeCase):
    def library(self, name, member, body):
        self.put(f'{member}.c', body)
        compiler = os.environ.get('CC', 'cc').split()
        subprocess.run(compiler + ['-w', '-c', f'{member}.c', '-o', f'{member}.c.o'], cwd=self.root, check=True)
        subprocess.run(['ar', 'rc', name, f'{member}.c.o'], cwd=self.root, check=True)
        report = lint.Report()
        layers.check_symbols([os.path.join(self.root, name)], report)
        return report.complaints

    def test_calls(self):
        for library, call, refused in [
            ('libnn.a', 'g_idle_add', True), ('libnn.a', 'printf', True), ('libnn.a', 'exit', True), ('libnn.a', 'fopen', True),
            ('libnn.a', 'g_mutex_lock', True), ('libnn.a', 'pthread_create', True), ('libnn-k-v3.a', 'rand', True),
            ('libsig.a', 'g_object_ref', True), ('libsig.a', 'g_thread_new', True), ('libsig.a', 'open', False),
            ('libwb.a', 'nn_train_run', True), ('libwb.a', 'fopen', True), ('libwb.a', 'g_object_ref', False),
            ('libwb-paint.a', 'gtk_widget_show', True), ('libnn.a', 'malloc', False),
        ]:
            with self.subTest(library=library, call=call):
                found = self.library(library, 'sample', f'extern int {call} ();\nint use (void) {{ return {call} (1) + 1; }}\n')
                self.assertEqual(found, [f'{library}:sample: may not call {call}'] if refused else [])
                os.remove(os.path.join(self.root, library))

    def test_only_the_pool_makes_threads(self):
        body = 'extern int pthread_create ();\nint use (void) { return pthread_create () + 1; }\n'
        self.assertEqual(self.library('libnn.a', 'nn-pool', body), [])

    def test_a_library_without_a_rule(self):
        self.assertEqual(self.library('libnew.a', 'sample', 'int use (void) { return 0; }\n'),
                         ['libnew.a:0: no rule says what this library may call'])


class Style(TreeCase):
    def test_a_good_tree(self):
        self.put('core/nn-a.h', source('nn-a.h', '#pragma once\n'))
        self.put('core/nn-a.c', source('nn-a.c', 'int a;\n'))
        self.expect(style.check)

    def test_licence_and_first_line(self):
        self.put('nn-a.c', 'int a;\n')
        self.expect(style.check, 'SPDX-FileCopyrightText', 'SPDX-License-Identifier', 'first line is not "/* nn-a.c:')

    def test_pragma_once(self):
        self.put('nn-a.h', source('nn-a.h', ''))
        self.expect(style.check, 'pragma once')

    def test_lines(self):
        self.put('nn-a.c', source('nn-a.c', '\tint a;\nint b; \n/* TODO: c */\n/* TODO(#3): d */\n' + '/' * 131 + '\nint e;'))
        self.expect(style.check, 'does not end', ':6: has a tab', ':7: has space', ':8: names unfinished', ':10: is 131 columns')

    def test_lengths(self):
        self.put('nn-a.c', source('nn-a.c', 'int a;\n' * 800))
        self.expect(style.check, 'has 805 lines')
        self.put('nn-a.c', source('nn-a.c', 'void\na (void)\n{\n' + '  a ();\n' * 500 + '}\n'))
        report = lint.Report()
        style.check(self.root, report)
        self.assertEqual(len(report.warnings), 2, report.warnings)
        self.assertEqual(report.complaints, [])

    def test_unknown_kind(self):
        self.put('nn-a.c', source('nn-a.c', ''))
        self.put('notes.odt', 'x')
        self.expect(style.check, 'of no known kind')

    def test_an_empty_tree(self):
        self.expect(style.check, 'no file')


class Tests(TreeCase):
    def test_a_source_without_test(self):
        self.put('core/nn-a.c', '')
        self.expect(tests.check, 'has no tests/core/test-a.c')
        self.put('tests/core/test-a.c', '')
        self.expect(tests.check)

    def test_a_table_row_without_test(self):
        self.put('app/main.c', '')
        self.expect(tests.check, 'tests/e2e/journey.py, which does not exist')

    def test_an_empty_tree(self):
        self.expect(tests.check, 'no source file')


class Count(unittest.TestCase):
    def test_counts(self):
        for result, stdout, expected in [
            ('OK', '1..2\nok 1 /a\nok 2 /b\n', (2, 0, 0)),
            ('OK', 'ok 1 /a\nok 2 /b # SKIP no display\n', (1, 0, 1)),
            ('OK', 'no tap at all\n', (1, 0, 0)),
            ('OK', None, (1, 0, 0)),
            ('FAIL', 'ok 1 /a\nnot ok 2 /b\n', (1, 1, 0)),
            ('ERROR', 'ok 1 /a\n', (1, 1, 0)),
            ('TIMEOUT', '', (0, 1, 0)),
            ('SKIP', '', (0, 0, 1)),
            ('SKIP', '1..0 # SKIP nothing to do\n', (0, 0, 1)),
            ('UNEXPECTEDPASS', '', (0, 1, 0)),
        ]:
            with self.subTest(result=result, stdout=stdout):
                self.assertEqual(count.count_test({'result': result, 'stdout': stdout}), expected)


if __name__ == '__main__':
    unittest.main()
