// What is concluded from the recorded traces is what was true. What may take how long stands here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play, processesOf, wheelhouse, type Sources } from './replay.ts';
import { detect, falseAlarms, scored } from './score.ts';
import { readTraces, traceStart } from './trace.ts';

interface Demand {
  /** Milliseconds until a wait is shown, and until anything else is: a fall to rest is held for 1.5 seconds. */
  readonly waiting: number;
  readonly other: number;
}

const demands: Readonly<Record<Sources, Demand>> = {
  'installed': { waiting: 500, other: 1600 },
  'no hooks': { waiting: 1000, other: 1600 },
  'tmux only': { waiting: 1100, other: 2600 },
};
/** Before the folder is trusted there is nothing but the screen, which is read every second. */
const onlyOnScreen = { waiting: 1100, other: 2600 };
/** The client itself is busy for a moment when it clears or resumes a conversation; its fall to rest is seen with a tick, and held. */
const shortWorkMs = 2600;
const traces = readTraces();

test('there are the situations that matter', () => {
  assert(traces.size >= 12);
  const states = new Set([...traces.values()].flat().flatMap((record) => (record.what === 'truth' ? [`${record.truth.state} ${record.truth.reason ?? ''}`.trim()] : [])));
  for (const state of ['waiting approve', 'waiting question', 'waiting plan', 'waiting trust', 'waiting login', 'waiting limit', 'waiting input', 'error api', 'idle finished', 'idle interrupted', 'idle started', 'working', 'working background', 'working compact', 'ended exited', 'ended crashed']) {
    assert(states.has(state), state);
  }
});

for (const [sources, demand] of Object.entries(demands) as [Sources, Demand][]) {
  for (const [name, trace] of traces) {
    const { waiting, other } = name === 'trust' ? onlyOnScreen : demand;
    test(`${name}, with ${sources}: what was true is concluded in time`, () => {
      for (const pid of processesOf(trace)) {
        const { judge, ticks } = wheelhouse(sources);
        const played = play(trace, pid, judge(), ticks);
        for (const { labelled, delay, last } of detect(played)) {
          const { truth, at, end } = labelled;
          const allowed = truth.state === 'waiting' ? waiting : other;
          const what = `${truth.state} ${truth.reason ?? ''} from ${at - traceStart} ms: concluded ${last?.state ?? 'nothing'} ${last?.reason?.kind ?? ''} after ${delay ?? '-'} ms`;
          if (end - at > allowed) assert(delay !== undefined && delay <= allowed, what);
          if (end - at > allowed && truth.state === 'waiting') assert.equal(last?.reason?.kind, truth.reason, what);
        }
      }
    });

    test(`${name}, with ${sources}: nothing is concluded that is not true`, () => {
      for (const pid of processesOf(trace)) {
        const { judge, ticks } = wheelhouse(sources);
        const played = play(trace, pid, judge(), ticks);
        const wrong = scored.flatMap((state) => falseAlarms(played, state).filter(({ concluded, until }) => state !== 'working' || until - concluded.at > shortWorkMs).map((alarm) => ({ state, ...alarm })));
        assert.deepEqual(wrong.map(({ state, concluded, until }) => `${state} from ${concluded.at - traceStart} to ${until - traceStart} ms`), []);
      }
    });
  }
}

test('a cleared conversation is not a finished one, though nothing but the register tells', () => {
  const trace = traces.get('clear')!;
  const { judge, ticks } = wheelhouse('no hooks');
  const pid = processesOf(trace)[0]!;
  const played = play(trace, pid, judge(), ticks);
  const cleared = played.labelled.findLast(({ truth }) => truth.reason === 'started')!;
  assert.equal(played.concluded.findLast(({ at }) => at < cleared.end)?.state, 'idle');
});

test('an agent behind a finished turn is what a session works on', () => {
  const trace = traces.get('background-agent')!;
  const { judge, ticks } = wheelhouse('installed');
  const played = play(trace, processesOf(trace)[0]!, judge(), ticks);
  const behind = played.labelled.find(({ truth }) => truth.reason === 'background')!;
  const settled = played.concluded.findLast(({ at }) => at <= behind.at + 500);
  assert.deepEqual([settled?.state, settled?.reason?.kind], ['working', 'background']);
});
