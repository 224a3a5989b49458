import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recordAnchor, resolveAnchors } from '../../../../src/core/review/anchor/index.ts';
import { diffStretch, internLines } from '../../../../src/core/review/anchor/lineDiff.ts';

const settings = { seed: 4711, numRuns: 150 };
const source = { path: 'a', blob: '', dirty: false };

/** Lines that say something and occur once, with some that do not, as in code. */
const code = fc.array(fc.constantFrom('plain', 'brace', 'blank'), { minLength: 8, maxLength: 60 }).map((kinds) =>
  kinds.map((kind, i) => (kind === 'plain' ? `  value_${(i * 7919) % 1009} = compute(${i}, 'key${(i * 31) % 97}');` : kind === 'brace' ? '}' : '')));
const alphabet = fc.array(fc.constantFrom('', '}', 'end', 'a', 'b', 'foo(bar);', 'return value;'), { maxLength: 40 });
const foreign = fc.array(fc.nat(9999).map((n) => `inserted ${n} quite unlike ${n * 3} the rest`), { minLength: 1, maxLength: 8 });

function resolveAt(before: readonly string[], line: number, after: readonly string[]): ReturnType<typeof resolveAnchors>[number] {
  const text = before.join('\n');
  return resolveAnchors([recordAnchor(text, { start: line, end: line }, source)], text, after.join('\n'))[0]!;
}

test('an unchanged text keeps every range exactly', () => {
  fc.assert(fc.property(alphabet, fc.nat(), fc.nat(), (lines, a, b) => {
    const text = lines.join('\n');
    const count = Math.max(1, lines.length);
    const [start, end] = [1 + (a % count), 1 + (b % count)].sort((x, y) => x - y) as [number, number];
    assert.deepEqual(resolveAnchors([recordAnchor(text, { start, end }, source)], text, text)[0], { status: 'exact', range: { start, end }, score: 1 });
  }), settings);
});

test('an insertion elsewhere shifts a line by exactly its size', () => {
  fc.assert(fc.property(code, foreign, fc.nat(), fc.nat(), (lines, inserted, a, b) => {
    const informative = lines.flatMap((line, i) => (line.includes('compute') ? [i] : []));
    fc.pre(informative.length > 0);
    const at = informative[a % informative.length]!;
    const where = b % (lines.length + 1);
    const { range } = resolveAt(lines, at + 1, [...lines.slice(0, where), ...inserted, ...lines.slice(where)]);
    const expected = at + 1 + (where <= at ? inserted.length : 0);
    assert.deepEqual(range, { start: expected, end: expected });
  }), settings);
});

test('a line that is deleted with its surroundings is never attached', () => {
  fc.assert(fc.property(code, fc.nat(), fc.nat(6), (lines, a, reach) => {
    const informative = lines.flatMap((line, i) => (line.includes('compute') ? [i] : []));
    fc.pre(informative.length > 3);
    const at = informative[a % informative.length]!;
    // Unlike all others, so that nothing left can be meant.
    const before = lines.map((line, i) => (i === at ? 'throw new Refusal("unique to this place");' : line));
    const after = before.filter((_, i) => Math.abs(i - at) > reach);
    const { status, range } = resolveAt(before, at + 1, after);
    assert.deepEqual([status, range], ['orphan', undefined]);
  }), settings);
});

test('whatever the texts, a place lies within the current one and the answer is repeatable', () => {
  fc.assert(fc.property(alphabet, alphabet, (before, after) => {
    const text = before.join('\n');
    const count = Math.max(1, before.length);
    const anchors = Array.from({ length: count }, (_, i) => recordAnchor(text, { start: i + 1, end: Math.min(count, i + 1 + (i % 3)) }, source));
    const together = resolveAnchors(anchors, text, after.join('\n'));
    for (const { range, nearestLine, candidates, score } of together) {
      assert.ok(score >= 0 && score <= 1);
      for (const place of [range, ...(candidates ?? []).map((candidate) => candidate.range)]) {
        if (place) assert.ok(place.start >= 1 && place.start <= place.end && place.end <= Math.max(1, after.length), JSON.stringify(place));
      }
      if (nearestLine !== undefined) assert.ok(nearestLine >= 1 && nearestLine <= Math.max(1, after.length));
    }
    // Comments do not influence one another.
    for (const [i, anchor] of anchors.entries()) assert.deepEqual(resolveAnchors([anchor], text, after.join('\n'))[0], together[i]);
  }), settings);
});

test('the line diff pairs equal lines, in order, and loses none that both ends share', () => {
  fc.assert(fc.property(alphabet, alphabet, (before, after) => {
    const [a, b] = internLines(before, after, (line) => line);
    const partner = new Int32Array(a.length).fill(-1);
    diffStretch(a, b, { a0: 0, a1: a.length, b0: 0, b1: b.length }, partner);
    const pairs = [...partner.entries()].filter(([, j]) => j >= 0);
    for (const [k, [i, j]] of pairs.entries()) {
      assert.equal(before[i], after[j]);
      if (k > 0) assert.ok(j > pairs[k - 1]![1]);
    }
    if (before.length > 0 && before[0] === after[0]) assert.equal(partner[0], 0);
  }), settings);
});

test('huge, repetitive and rewritten files stay within their time', () => {
  const many = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');
  const pairs: [string, string][] = [
    [many(3000, () => 'same line here'), many(3100, () => 'same line here')],
    [many(3000, (i) => `symbol${(i * 7919) % 13}`), many(3000, (i) => `symbol${(i * 104_729) % 17}`)],
    [many(2_000, (i) => `line ${i} of a long file`), many(2_000, (i) => `line ${i * 7} of another file`)],
    ['var a=1;'.repeat(100_000), `${'var a=1;'.repeat(100_000)}b()`],
  ];
  const before = process.cpuUsage().user;
  for (const [old, now] of pairs) {
    const count = old.split('\n').length;
    resolveAnchors(Array.from({ length: Math.min(50, count) }, (_, i) => recordAnchor(old, { start: i + 1, end: i + 1 }, source)), old, now);
  }
  assert.ok(process.cpuUsage().user - before < 5e6, 'five seconds of processor time would mean quadratic work');
});
