/** Several sources joined: whose facts count, when time alone changes a verdict, and what listeners hear. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createSessionsMonitor, type SessionChange } from '../../../src/adapters/node/sessions/monitor.ts';
import { processKey, type AgentSource, type Evidence, type SessionFacts, type Sighting, type SourceHost } from '../../../src/core/sessions/index.ts';

interface Fake extends AgentSource {
  see: (...sightings: Sighting[]) => void;
  host: SourceHost | undefined;
}

function fake(name: string, ...first: Sighting[]): Fake {
  let seen = first;
  const source: Fake = {
    name,
    host: undefined,
    start: (host) => {
      source.host = host;
      return Promise.resolve();
    },
    sightings: () => seen,
    see: (...sightings) => {
      seen = sightings;
      source.host?.changed();
    },
    dispose: () => undefined,
  };
  return source;
}

let seq = 0;
const said = (source: Evidence['source'], state: Evidence['state'], at = Date.now(), more: Partial<Evidence> = {}): Evidence => ({ source, state, at, seq: seq++, ...more });
const sighting = (pid: number, evidence: readonly Evidence[], facts: SessionFacts = {}): Sighting => ({ key: processKey(pid), facts: { pid, ...facts }, evidence });

async function monitorOf(t: TestContext, sources: readonly AgentSource[]) {
  const errors: unknown[] = [];
  const monitor = createSessionsMonitor({ sources, onError: (error) => errors.push(error) });
  t.after(() => monitor.dispose());
  const heard: SessionChange[][] = [];
  monitor.onDidChange((changes) => heard.push([...changes]));
  await monitor.start();
  return { monitor, heard, errors };
}

test('what two sources say of one process is one session; the first has the first word', async (t) => {
  const claude = fake('claude', sighting(7, [said('registry', 'waiting')], { sessionId: 's', agent: 'claude', cwd: '/a' }));
  const tmux = fake('tmux', sighting(7, [said('title', 'idle')], { cwd: '/b', place: { kind: 'tmux', pane: '%1', session: 'w', window: '1:x' } }), sighting(8, [said('screen', 'waiting', 1, { reason: { kind: 'trust' } })], { agent: 'claude' }));
  const { monitor, heard } = await monitorOf(t, [claude, tmux]);
  assert.deepEqual(monitor.list().map(({ id, verdict, facts }) => [id, verdict.state, facts.cwd, facts.place?.kind]), [['process:8', 'waiting', undefined, undefined], ['s', 'waiting', '/a', 'tmux']]);
  assert.deepEqual(tmux.host?.known(), [{ key: 'process:7', pid: 7 }, { key: 'process:8', pid: 8 }]);
  assert.deepEqual(heard, [], 'what was there at the start is no change');
});

test('a change is heard once, with what was before; nothing new is not heard', async (t) => {
  const source = fake('x', sighting(7, [said('registry', 'working')]));
  const { heard } = await monitorOf(t, [source]);
  const waiting = said('registry', 'waiting');
  source.see(sighting(7, [waiting]));
  source.see(sighting(7, [waiting]));
  await delay(10);
  source.see(sighting(7, [waiting]));
  await delay(10);
  source.see();
  await delay(10);
  assert.deepEqual(heard.map((changes) => changes.map(({ from, session, gone }) => [from, session.verdict.state, gone])), [[['working', 'waiting', false]], [['waiting', 'waiting', true]]]);
});

test('a held fall is let go by time alone', async (t) => {
  const source = fake('x', sighting(7, [said('registry', 'working')]));
  const { monitor, heard } = await monitorOf(t, [source]);
  const start = Date.now();
  source.see(sighting(7, [said('registry', 'working', start - 1000), said('registry', 'idle', start - 1300)]));
  await delay(20);
  assert.equal(monitor.list()[0]?.verdict.state, 'working');
  await delay(300);
  assert.deepEqual([monitor.list()[0]?.verdict.state, heard.at(-1)?.[0]?.from], ['done', 'working']);
});

test('a held fall is let go when the clock is set back', async (t) => {
  let clock = 1_000_000;
  const source = fake('x', sighting(7, [said('registry', 'working', clock - 5000), said('registry', 'idle', clock)]));
  const monitor = createSessionsMonitor({ sources: [source], now: () => clock });
  t.after(() => monitor.dispose());
  await monitor.start();
  assert.equal(monitor.list()[0]?.verdict.state, 'working');
  clock -= 500_000;
  source.host?.changed();
  await delay(10);
  assert.equal(monitor.list()[0]?.verdict.state, 'done');
});

test('a listener or a source that throws disturbs nobody', async (t) => {
  const good = fake('good', sighting(7, [said('registry', 'working')]));
  const bad: AgentSource = { name: 'bad', start: () => Promise.reject(new Error('start')), sightings: () => { throw new Error('see'); }, tick: () => { throw new Error('tick'); }, dispose: () => { throw new Error('dispose'); } };
  const { monitor, heard, errors } = await monitorOf(t, [bad, good]);
  monitor.onDidChange(() => { throw new Error('listen'); });
  good.see(sighting(7, [said('registry', 'waiting')]));
  await delay(10);
  assert.equal(monitor.list()[0]?.verdict.state, 'waiting');
  assert.equal(heard.length, 1);
  assert.deepEqual([...new Set(errors.map((error) => (error as Error).message))].sort(), ['listen', 'see', 'start']);
});

test('after its end a monitor is silent', async (t) => {
  const source = fake('x', sighting(7, [said('registry', 'working')]));
  const { monitor, heard } = await monitorOf(t, [source]);
  source.see(sighting(7, [said('registry', 'waiting')]));
  monitor.dispose();
  await delay(10);
  assert.deepEqual(heard, []);
});
