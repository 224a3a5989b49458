import assert from 'node:assert/strict';
import { test } from 'node:test';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { Session } from '../../../../src/core/sessions/index.ts';
import type { SessionGrouping } from '../../../../src/faces/vscode/contributions.ts';
import { ageText, groupRows, statusText } from '../../../../src/faces/vscode/sessions/rows.ts';
import { minutesAgo, NOW, session } from './sample.ts';

const approve = { reason: { kind: 'approve', detail: 'Bash: rm -rf build' } } as const;
const task = { id: 't', type: 'shell', description: 'npm run dev' };
const sessions: readonly Session[] = [
  session(1, 'working', 2, { facts: { lastPrompt: 'tidy up' }, evidence: { reason: { kind: 'tool', detail: 'Bash: npm test' } } }),
  session(2, 'waiting', 3, { evidence: approve, facts: { cwd: '/work/two' } }),
  session(3, 'idle', 300, { evidence: { reason: { kind: 'interrupted' } } }),
  session(4, 'error', 1, { facts: { cwd: '/work/two', transcript: '/t.jsonl' }, evidence: { reason: { kind: 'api', detail: 'overloaded' } } }),
  session(5, 'working', 0, { evidence: { source: 'hook', background: [task] } }),
];

const projectOf = ({ facts }: Session) => (facts.cwd === undefined ? undefined : { path: facts.cwd, name: facts.cwd.slice(6) });
const isMuted = ({ facts }: Session) => facts.cwd === '/work/one';
const groups = (by: SessionGrouping, of = sessions) => groupRows(of, { by, now: NOW, projectOf, isMuted });
const lines = (by: SessionGrouping) => groups(by).map(({ label, description, rows }) => `${label} [${description}] ${rows.map((row) => row.label).join(' ')}`);

const groupings: [by: SessionGrouping, expected: string[]][] = [
  ['project', ['two [1 waiting] s2 s4', 'one [muted] s3 s1 s5']],
  ['state', ['Waiting [1] s2', 'Error [1] s4', 'Idle [1] s3', 'Working [2] s1 s5']],
  ['none', [' [1 waiting] s2 s4 s3 s1 s5']],
];
for (const [by, expected] of groupings) {
  test(`grouped by ${by}, the neediest first`, () => assert.deepEqual(lines(by), expected));
}

test('a row says why and since when', () => {
  assert.deepEqual(groups('none')[0]?.rows.map(({ description }) => description), ['approve Bash: rm -rf build · 3 m', 'API error: overloaded · 1 m', 'interrupted · 5 h', 'Bash: npm test · 2 m', 'working · 1 in background · now']);
});

test('a row has lines below it only when there is something', () => {
  assert.deepEqual(groups('none')[0]?.rows.map(({ label, details }) => [label, ...details.map(({ text }) => text)]).filter((row) => row.length > 1), [['s1', 'tidy up'], ['s5', 'npm run dev']]);
});

test('what a session waits at and has claimed comes first below it', () => {
  const holdingsOf = ({ id }: Session) => (id === sessions[0]?.id ? { claims: ['src/a.ts', 'test/'], waitingOn: ['merge'] } : undefined);
  const [row] = groupRows(sessions.slice(0, 1), { by: 'none', now: NOW, projectOf, isMuted, holdingsOf })[0]?.rows ?? [];
  assert.deepEqual(row?.details.map(({ icon, kind, text }) => `${icon} ${kind} ${text}`), ['list-unordered Waits at merge', 'key Claims src/a.ts', 'key Claims test/', 'comment Last prompt tidy up']);
});

test('a session without a folder', () => {
  const { cwd: _, ...facts } = session(6, 'idle', 1).facts;
  const lost = { ...session(6, 'idle', 1), facts };
  assert.deepEqual(groups('project', [lost]).map(({ label, rows }) => [label, rows[0]?.words]), [['Folder unknown', 'session idle loud alive']]);
});

test('the words of a row are those that the menus look for', () => {
  const words = new Set(groups('none')[0]?.rows.flatMap((row) => row.words.split(' ')));
  const asked = packageJson.contributes.menus['view/item/context'].flatMap(({ when }) => (when.includes('wheelhouse.sessions') ? [/\\b(\w+)\\b/.exec(when)?.[1] ?? when] : []));
  assert(asked.length > 5);
  assert.deepEqual(asked.filter((word) => !words.has(word)), []);
});

const ages: [what: string, at: number, expected: string][] = [
  ['this minute', NOW - 59_000, 'now'],
  ['minutes', minutesAgo(3), '3 m'],
  ['hours', minutesAgo(11 * 60), '11 h'],
  ['yesterday', minutesAgo(20 * 60), 'yesterday 16:00'],
  ['a clock that was set back', NOW + 90_000, 'now'],
];
for (const [what, at, expected] of ages) test(`age: ${what}`, () => assert.equal(ageText(at, NOW), expected));

test('minutes over midnight stay minutes', () => {
  const midnight = new Date(2026, 10, 25, 0, 10).getTime();
  assert.equal(ageText(midnight - 20 * 60_000, midnight), '20 m');
});

test('the status bar counts those that wait and work', () => {
  assert.equal(statusText(sessions), '1 waiting · 2 working');
  assert.equal(statusText(sessions.slice(0, 1)), '1 working');
  assert.equal(statusText(sessions.slice(2, 3)), undefined);
});
