/** What holds of every verdict, whatever was said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evidenceSources, reduce, sessionStates, type Evidence, type Reason } from '../../../src/core/sessions/index.ts';
import { T0 } from './says.ts';

const kinds: readonly Reason['kind'][] = ['approve', 'question', 'plan', 'trust', 'login', 'limit', 'input', 'api', 'finished', 'interrupted', 'started', 'tool', 'compact', 'background', 'exited', 'crashed'];
const evidence: fc.Arbitrary<Evidence> = fc
  .record(
    {
      source: fc.constantFrom(...evidenceSources),
      state: fc.constantFrom('waiting', 'error', 'idle', 'working', 'ended', 'looked', 'noted'),
      at: fc.integer({ min: T0 - 5000, max: T0 + 20_000 }),
      seq: fc.integer({ min: 0, max: 8 }),
      reason: fc.record({ kind: fc.constantFrom(...kinds), detail: fc.constantFrom('a', 'b: c') }),
      call: fc.constantFrom('x', 'y'),
      provisional: fc.constant(true as const),
      background: fc.array(fc.record({ id: fc.constant('1'), type: fc.constantFrom('shell', 'agent'), description: fc.constant('d') }), { maxLength: 2 }),
    },
    { requiredKeys: ['source', 'state', 'at', 'seq'] },
  )
  .map((each) => each as Evidence);
const all = fc.array(evidence, { maxLength: 14 });
const now = fc.integer({ min: T0 - 1000, max: T0 + 40_000 });
const options = { seed: 7, numRuns: 2000 };

test('the order of arrival does not change the verdict', () => {
  const shuffled = all.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(fc.property(shuffled, now, ([list, other], time) => assert.deepEqual(reduce(other, time), reduce(list, time))), options);
});

test('a verdict is a known state, not in the future, and settles in finitely many steps', () => {
  fc.assert(
    fc.property(all, now, (list, start) => {
      let time: number | undefined = start;
      for (let steps = 0; time !== undefined; steps++) {
        assert(steps < 60, 'settles');
        const verdict = reduce(list, time);
        assert(sessionStates.includes(verdict.state));
        assert(verdict.since <= time);
        assert(verdict.settlesAt === undefined || verdict.settlesAt > time, 'settles later');
        time = verdict.settlesAt;
      }
    }),
    options,
  );
});

test('a dead process has ended, whatever else is said', () => {
  fc.assert(
    fc.property(all, now, (list, time) => {
      const died: Evidence = { source: 'process', state: 'ended', at: time, seq: 100, reason: { kind: 'crashed' } };
      assert.equal(reduce([...list, died], time).state, 'ended');
    }),
    options,
  );
});
