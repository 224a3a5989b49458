import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { threadsOf } from '../../../../src/core/prompts/beyond/index.ts';
import type { Prompt } from '../../../../src/core/prompts/model.ts';
import { prompt } from '../interop/sample.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const hour = 3_600_000;
/** Sessions about anything, so that some words are rare and others not. */
const noise = Array.from({ length: 40 }, (_, i) => prompt({ id: 1000 + i, at: i * 3 * hour, session: `n${i}`, text: `look at widget${'abcdefghij'[i % 10]!} number${'klmnopqrst'[(i * 7) % 10]!} and tidy panel${'uvwxyz'[i % 6]!}` }));
const at = (id: number, hours: number, session: string, text: string, part: Partial<Prompt> = {}) => prompt({ id, at: hours * hour, session, text, ...part });

const cases: [name: string, prompts: Prompt[], threads: number[][]][] = [
  ['one task in two sessions', [at(1, 10, 'a', 'the ticketlock starves waiting writers'), at(2, 11, 'a', 'show it'), at(3, 30, 'b', 'again the ticketlock: writers starve, see waiting')], [[1, 2, 3]]],
  ['three sessions, one after the other', [at(1, 10, 'a', 'quadtree lookup misses bubbles'), at(2, 40, 'b', 'bubbles in quadtree lookup'), at(3, 80, 'c', 'quadtree lookup, the bubbles are there now')], [[1, 2, 3]]],
  ['too far apart', [at(1, 1, 'a', 'the ticketlock starves waiting writers'), at(2, 90, 'b', 'again the ticketlock starves writers')], []],
  ['another folder', [at(1, 10, 'a', 'the ticketlock starves waiting writers'), at(2, 12, 'b', 'again the ticketlock starves writers', { project: '/other' })], []],
  ['one session', [at(1, 10, 'a', 'the ticketlock starves writers'), at(2, 20, 'a', 'again the ticketlock starves writers')], []],
  ['only frequent words in common', [at(1, 10, 'a', 'look at widgeta and tidy'), at(2, 12, 'b', 'look at widgeta and tidy')], []],
  ['sessions without a name are different ones', [at(1, 10, '', 'the ticketlock starves writers'), at(2, 20, '', 'again the ticketlock starves writers')], []],
  ['no known folder', [at(1, 10, 'a', 'the ticketlock starves writers', { project: '' }), at(2, 20, 'b', 'ticketlock starves writers', { project: '' })], []],
];
describe('threads', () => {
  for (const [name, prompts, threads] of cases) {
    test(name, () => {
      const all = [...noise, ...prompts].reverse();
      assert.deepEqual(threadsOf(all).map(({ ids }) => ids.filter((id) => id < 1000)).filter((ids) => ids.length > 0), threads);
    });
  }

  test('tell what and when', () => {
    const [thread] = threadsOf([...noise, at(1, 10, 'a', 'the ticketlock starves writers'), at(2, 30, 'b', 'ticketlock starves writers')]).filter(({ ids }) => ids.includes(1));
    assert.deepEqual({ ...thread, terms: [...thread!.terms].sort() }, { project: '/Users/you/repos/a', ids: [1, 2], sessions: ['a', 'b'], from: 10 * hour, to: 30 * hour, terms: ['starves', 'ticketlock', 'writers'] });
  });

  test('nothing from nothing', () => assert.deepEqual(threadsOf([]), []));

  test('of ten thousand prompts, in proportion to their number', { timeout: 120_000 }, () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => at(i + 1, i / 4, `s${Math.floor(i / 6)}`, `task${i % 97} needs word${(i * 31) % 1009} and word${(i * 17) % 2003} in module${i % 53}`));
    proportionate({ n: 10_000, make: many, run: threadsOf });
  });
});
