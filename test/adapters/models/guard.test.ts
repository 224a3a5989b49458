import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guarded, type GuardedAsk } from '../../../src/adapters/node/models/guard.ts';
import type { ModelAnswer, ModelRequest } from '../../../src/core/models/index.ts';
import { scriptedModel } from '../../core/models/scriptedModel.ts';

const request = { instructions: 'I', material: 'M' };
const never = new Promise<ModelAnswer>(() => undefined);

async function* trickle({ signal }: GuardedAsk, everyMs: number) {
  while (!signal.aborted) yield await new Promise((resolve) => setTimeout(resolve, everyMs));
}

const cases: { name: string; answer: (ask: GuardedAsk) => Promise<ModelAnswer>; request?: Partial<ModelRequest>; abortAfterMs?: number; code: string; message: RegExp }[] = [
  { name: 'silence', answer: () => never, request: { idleTimeoutMs: 30 }, code: 'timeout', message: /^Stone gave no sign of life for 30 ms and was stopped\. Try again/ },
  {
    name: 'an answer without end',
    answer: async (ask) => {
      for await (const _ of trickle(ask, 5)) ask.onText('x');
      return never;
    },
    code: 'timeout',
    message: /did not finish within 200 ms/,
  },
  {
    name: 'a huge answer, while it streams',
    answer: async (ask) => {
      for await (const _ of trickle(ask, 0)) ask.onText('x'.repeat(60));
      return { text: '', model: '' };
    },
    request: { maxChars: 100 },
    code: 'refused',
    message: /more than 100 characters/,
  },
  { name: 'a huge answer at once', answer: () => Promise.resolve({ text: 'x'.repeat(101), model: '' }), request: { maxChars: 100 }, code: 'refused', message: /more than 100 characters/ },
  { name: 'somebody else\'s error', answer: () => Promise.reject(new TypeError('x is not a function')), code: 'refused', message: /^Stone failed: x is not a function$/ },
  { name: 'cancelled before', answer: () => never, request: { signal: AbortSignal.abort() }, code: 'cancelled', message: /stopped/ },
  { name: 'cancelled while it is deaf', answer: () => never, abortAfterMs: 10, code: 'cancelled', message: /stopped/ },
];
for (const { name, answer, request: more, abortAfterMs, code, message } of cases) {
  test(name, async () => {
    const model = guarded('Stone', answer, { idleTimeoutMs: 5_000, totalTimeoutMs: 200, endingMs: 30 });
    await assert.rejects(model.ask({ ...request, ...more, ...(abortAfterMs !== undefined && { signal: AbortSignal.timeout(abortAfterMs) }) }), { name: 'WheelhouseError', code, message });
  });
}

test('signs of life keep it going, and nothing is passed on after the end', async () => {
  const heard: string[] = [];
  const controller = new AbortController();
  const model = guarded('Stone', async (ask) => {
    for (let i = 0; i < 8; i++) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      ask.onLife();
    }
    ask.onText('one');
    controller.abort();
    ask.onText('two');
    return { text: 'one two', model: '' };
  });
  await assert.rejects(model.ask({ ...request, idleTimeoutMs: 60, signal: controller.signal, onText: (piece) => heard.push(piece) }), { code: 'cancelled' });
  assert.deepEqual(heard, ['one']);
});

test('a model that listens has ended before the caller is told', async () => {
  const controller = new AbortController();
  const model = scriptedModel([{ pieces: ['a'], then: 'never' }]);
  await assert.rejects(model.ask({ ...request, signal: controller.signal, onText: () => controller.abort() }), { code: 'cancelled' });
  assert.equal(model.running(), 0);
});
