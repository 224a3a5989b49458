/** Whether two claims could be about the same file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { overlaps, parseTargets, targetText, type Target } from '../../../src/core/coordination/index.ts';
import { world } from './stage.ts';
import { proportionate } from '../../helpers/proportionate.ts';

const t = (text: string): Target => (text.endsWith('/') ? { kind: 'folder', path: text.slice(0, -1) } : { kind: /[*?]/.test(text) ? 'glob' : 'file', path: text });

const cases: readonly [string, string, boolean][] = [
  ['a.ts', 'a.ts', true],
  ['a.ts', 'b.ts', false],
  ['src/', 'src/a.ts', true],
  ['src/', 'src2/a.ts', false],
  ['src/', 'src/lib/', true],
  ['src/', 'src', true],
  ['src', 'src/lib/a.ts', true],
  ['src', 'src2/a.ts', false],
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/lib/a.ts', false],
  ['src/**/*.ts', 'src/lib/a.ts', true],
  ['src/**/*.ts', 'src/a.ts', true],
  ['src/**/*.ts', 'src/', true],
  ['**/*.ts', 'docs/', true],
  ['*.ts', 'docs/', false],
  ['src/*.ts', 'src/a*', true],
  ['src/a*.ts', 'src/b*.ts', false],
  ['src/*a.ts', 'src/b*.ts', true],
  ['src/?.ts', 'src/ab.ts', false],
  ['src/**/x/**/y.ts', '**/z/y.ts', true],
  ['src/**/x', 'lib/**/x', false],
  ['a/**/b', 'a/b', true],
];
for (const [a, b, expected] of cases) {
  test(`${a} and ${b} ${expected ? 'overlap' : 'do not'}`, () => {
    assert.equal(overlaps(t(a), t(b)), expected);
    assert.equal(overlaps(t(b), t(a)), expected);
  });
}

test('a path that is in both means that they overlap, whatever the patterns', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '*', '?', 'a*', '*b', '**');
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => t(parts.join('/')));
  const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const matches = (target: Target, file: string) => new RegExp(`^${target.path.split('/').map((each) => (each === '**' ? '(?:[^/]+/)*' : `${each.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}/`)).join('')}$`).test(`${file}/`);
  fc.assert(
    fc.property(pattern, pattern, path, (a, b, file) => {
      const isNested = a.kind === 'file' && (file.startsWith(`${a.path}/`) || a.path.startsWith(`${file}/`));
      assert.equal(overlaps(a, { kind: 'file', path: file }), isNested || matches(a, file));
      if (matches(a, file) && matches(b, file)) assert(overlaps(a, b));
    }),
    { seed: 7, numRuns: 3000 },
  );
});

test('patterns full of stars are decided in time by the square of their length at most', { timeout: 120_000 }, () => {
  const stars = (n: number, end: string): Target => ({ kind: 'glob', path: [...Array.from({ length: n }, () => '**/*a*'), end].join('/') });
  assert.equal(overlaps(stars(60, 'x'), stars(60, 'y')), false);
  proportionate({ n: 60, make: (n) => [stars(n, 'x'), stars(n, 'y')] as const, run: ([a, b]) => overlaps(a, b), power: 2 });
});

const parsed: readonly [string, string][] = [
  ['src/a.ts', 'src/a.ts'],
  ['./src/../src/a.ts', 'src/a.ts'],
  ['src', 'src/'],
  ['/repo/src/', 'src/'],
  ['new/', 'new/'],
  ['new', 'new'],
  ['src/[id].tsx', 'src/[id].tsx'],
  ['src/*.{ts,tsx}', 'src/*.ts src/*.tsx'],
  ['src/{a,b}.ts', 'src/a.ts src/b.ts'],
  ['src/**', 'src/'],
  ['src/**/*', 'src/'],
  ['**/*.ts', '**/*.ts'],
  ['/tree/src/a.ts', 'src/a.ts'],
];
for (const [word, expected] of parsed) {
  test(`${word} means ${expected}`, async () => {
    const { targets } = await parseTargets(world().agent('a'), [word, word]);
    assert.equal(targets.map(targetText).join(' '), expected);
  });
}

const wrong: readonly [string, readonly string[], RegExp][] = [
  ['nothing', [], /at least one path/],
  ['the root of the disk', ['/'], /outside of the repository/],
  ['all of it', ['.'], /the whole repository/],
  ['all of it as a glob', ['**'], /the whole repository/],
  ['all of it as another glob', ['**/*'], /the whole repository/],
  ['elsewhere', ['../elsewhere/x'], /outside of the repository/],
  ['a link that leads elsewhere', ['link/x'], /outside of the repository/],
  ['no path', ['  '], /is not a path/],
  ['a line break', ['a\nb'], /is not a path/],
  ['100,000 paths', Array.from({ length: 100_000 }, (_, i) => `f${i}`), /too many for one claim/],
  ['a glob that stands for thousands', [`*${'{a,b}'.repeat(14)}`], /too many patterns/],
];
for (const [name, words, message] of wrong) {
  test(`${name} is answered clearly`, () => assert.rejects(parseTargets(world().agent('a'), words), { code: 'invalid-input', message }));
}
