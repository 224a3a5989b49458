import assert from 'node:assert/strict';
import { test } from 'node:test';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { Standing } from '../../../../src/adapters/node/coordination/standings.ts';
import type { Session } from '../../../../src/core/sessions/index.ts';
import type { SessionGrouping } from '../../../../src/faces/vscode/contributions.ts';
import { checkoutNotices, type CheckoutQuestion } from '../../../../src/faces/vscode/coordination/checkouts.ts';
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

test('how a session stands with others comes first below it: what it says, what blocks it, where it waits, what it holds', () => {
  const standing: Standing = {
    repository: '/work/one/.git', root: '/work/one',
    claims: [{ paths: ['src/a.ts', 'test/'], mode: 'shared', session: 's1', pid: 1, why: 'a \u202erewrite\n', worktree: '/work/one', fence: 7, since: '', expiresAt: '', remainingSeconds: 725 }],
    barriers: [{ name: 'merge', generation: 1, state: 'waiting', reason: '', required: ['id-1', 'id-2', 'id-3'], count: 3, arrived: ['id-1'], missing: ['id-2', 'id-3'], deadline: '', waiters: [] }],
    said: { status: 'blocked', note: 'needs the schema', blockers: [{ id: 'b1', text: 'the schema\u0007', on: '1c8f8a52-0000-4000-8000-000000000000', since: '' }] },
  };
  const holdingsOf = ({ id }: Session) => (id === sessions[0]?.id ? standing : undefined);
  const row = groupRows(sessions, { by: 'none', now: NOW, projectOf, isMuted, holdingsOf })[0]?.rows.find(({ label }) => label === 's1');
  assert.deepEqual(row?.details.map(({ icon, kind, text, more = '' }) => `${icon} ${kind} ${text} | ${more}`), [
    'stop-circle Says blocked | needs the schema',
    'warning Blocked the schema | by 1c8f8a52',
    'list-unordered Waits at merge | 1/3 · waits for s2, s3',
    'key Claims src/a.ts | shared · 12 m left · a rewrite',
    'key Claims test/ | shared · 12 m left · a rewrite',
    'comment Last prompt tidy up | ',
  ]);
  assert.deepEqual(row.details[3]?.about, { repository: '/work/one/.git', fence: 7, path: 'src/a.ts', title: 'src/a.ts' });
});

test('two sessions in one checkout without claims are told of, quietly, and only then', () => {
  const at = (id: string, root: string | undefined, claims: number): Standing => ({ repository: '/r', root, barriers: [], said: undefined, claims: Array.from({ length: claims }, () => ({ paths: [id], mode: 'exclusive', session: id, pid: 1, why: '', worktree: '/r', fence: 1, since: '', expiresAt: '', remainingSeconds: 60 })) });
  const two = [session(1, 'working', 1), session(2, 'idle', 1), session(3, 'ended', 1)];
  const cases: [what: string, roots: Readonly<Record<string, Standing>>, more: Partial<CheckoutQuestion>, expected: number][] = [
    ['two in one', { s1: at('a', '/r', 0), s2: at('b', '/r', 0) }, {}, 1],
    ['one of them claims', { s1: at('a', '/r', 1), s2: at('b', '/r', 0) }, {}, 0],
    ['work trees of their own', { s1: at('a', '/r', 0), s2: at('b', '/r2', 0) }, {}, 0],
    ['no git', { s1: at('a', undefined, 0), s2: at('b', undefined, 0) }, {}, 0],
    ['one has ended', { s1: at('a', '/r', 0), s3: at('b', '/r', 0) }, {}, 0],
    ['the first edit claims', { s1: at('a', '/r', 0), s2: at('b', '/r', 0) }, { claimsItself: () => true }, 0],
    ['silenced', { s1: at('a', '/r', 0), s2: at('b', '/r', 0) }, { silenced: ['/work/one'] }, 0],
  ];
  for (const [what, roots, more, expected] of cases) {
    const notices = checkoutNotices(two, { standingOf: ({ facts }) => roots[facts.name ?? ''], projectOf, claimsItself: () => false, silenced: [], ...more });
    assert.equal(notices.length, expected, what);
    if (expected > 0) assert.deepEqual(notices.map(({ text, project, about }) => [text, project, about.folder]), [['2 sessions in one checkout', '/work/one', '/r']]);
  }
});

test('a session without a folder', () => {
  const { cwd: _, ...facts } = session(6, 'idle', 1).facts;
  const lost = { ...session(6, 'idle', 1), facts };
  assert.deepEqual(groups('project', [lost]).map(({ label, rows }) => [label, rows[0]?.words]), [['Folder unknown', 'session idle loud alive']]);
});

test('the words of a row are those that the menus look for', () => {
  const words = new Set(groups('none')[0]?.rows.flatMap((row) => row.words.split(' ')));
  // Of the lines below a session, and of those that are about several.
  for (const word of ['claim', 'barrier', 'blocker', 'notice', 'sharedCheckout', 'hookProblem']) words.add(word);
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
