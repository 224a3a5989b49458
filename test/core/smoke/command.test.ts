import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSmokeCommand, type SmokeSetting } from '../../../src/core/smoke/index.ts';
import { hasTarget } from '../../../src/core/smoke/command.ts';

const cases: { name: string; files: Record<string, string>; setting?: SmokeSetting; windows?: boolean; argv: string[] | undefined }[] = [
  { name: 'a test target', files: { Makefile: 'all: x\ntest: all\n\tgo\n' }, argv: ['make', 'test'] },
  { name: 'the Makefile before package.json', files: { Makefile: 'test:\n', 'package.json': '{"scripts":{"test":"x"}}' }, argv: ['make', 'test'] },
  { name: 'GNUmakefile hides Makefile, as for make', files: { GNUmakefile: 'all:\n', Makefile: 'test:\n' }, argv: undefined },
  { name: 'no target, but a script', files: { Makefile: 'all:\n', 'package.json': '{"scripts":{"test":"vitest"}}' }, argv: ['npm', 'test'] },
  { name: 'npm on Windows', files: { 'package.json': '{"scripts":{"test":"vitest"}}' }, windows: true, argv: ['cmd', '/d', '/c', 'npm test'] },
  { name: "npm's placeholder", files: { 'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' }, argv: undefined },
  { name: 'a broken package.json', files: { 'package.json': '{' }, argv: undefined },
  { name: 'a package.json of another kind', files: { 'package.json': 'null' }, argv: undefined },
  { name: 'a shell line', files: { Makefile: 'test:\n' }, setting: 'tox -q && mypy', argv: ['/bin/sh', '-c', 'tox -q && mypy'] },
  { name: 'a list, without a shell', files: {}, setting: ['tox', 'a b; c'], argv: ['tox', 'a b; c'] },
  { name: 'an empty setting is none', files: { Makefile: 'test:\n' }, setting: '  ', argv: ['make', 'test'] },
  { name: 'an empty list is none', files: { Makefile: 'test:\n' }, setting: [], argv: ['make', 'test'] },
  { name: 'nothing', files: {}, argv: undefined },
];
for (const { name, files, setting, windows, argv } of cases) {
  test(`the smoke test: ${name}`, async () => {
    const found = await findSmokeCommand({ readText: (path) => Promise.resolve(files[path.replace('/r/', '')]) }, (dir, file) => `${dir}/${file}`, '/r', setting, windows);
    assert.deepEqual(found?.argv, argv);
  });
}

const rules: [line: string, has: boolean][] = [
  ['test:', true], ['test: deps', true], ['build test lint: x', true], ['test::', true], ['test : x', true], ['test: ; @echo', true],
  ['.PHONY: test', false], ['test := x', false], ['test = x', false], ['test ::= x', false], ['tests:', false], ['\ttest:', false], ['# test:', false], ['x = test: y', false],
];
for (const [line, has] of rules) {
  test(`"${line.trim()}" ${has ? 'is' : 'is not'} a rule for test`, () => assert.equal(hasTarget(`a = 1\n${line}\n\tdo\n`, 'test'), has));
}
