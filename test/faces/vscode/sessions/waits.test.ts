import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Evidence, Reason } from '../../../../src/core/sessions/index.ts';
import { claimNotice } from '../../../../src/faces/vscode/sessions/claim.ts';
import { maySay, Waits } from '../../../../src/faces/vscode/sessions/waits.ts';
import { NOW, session } from './sample.ts';

type Step = [seconds: number, state: Evidence['state'], reason?: Reason['kind'], detail?: string];
const one = (state: Evidence['state'], kind?: Reason['kind'], detail?: string) => session(1, state, 0, { evidence: kind === undefined ? {} : { reason: { kind, ...(detail !== undefined && { detail }) } } });

const cases: [name: string, steps: Step[], told: number[]][] = [
  ['a wait is told once', [[0, 'working'], [1, 'waiting', 'approve'], [2, 'waiting', 'approve'], [60, 'waiting', 'approve']], [1]],
  ['better words for the same wait are no news', [[0, 'waiting', 'input'], [0.5, 'waiting', 'approve', 'Bash: ls']], [0]],
  ['another reason is', [[0, 'waiting', 'approve', 'Bash: ls'], [30, 'waiting', 'question']], [0, 30]],
  ['a wait that flickers is one', [[0, 'waiting', 'approve', 'x'], [3, 'working'], [4, 'waiting', 'approve', 'x']], [0]],
  ['the same request later is another', [[0, 'waiting', 'approve', 'x'], [3, 'working'], [60, 'waiting', 'approve', 'x']], [0, 60]],
  ['a different request soon is another', [[0, 'waiting', 'approve', 'x'], [3, 'working'], [4, 'waiting', 'approve', 'y']], [0, 4]],
];
for (const [name, steps, told] of cases) {
  test(name, () => {
    const waits = new Waits();
    const said = steps.filter(([seconds, state, kind, detail]) => waits.begins(one(state, kind, detail), NOW + seconds * 1000)).map(([seconds]) => seconds);
    assert.deepEqual(said, told);
  });
}

test('who is not disturbed', () => {
  const loud = { state: 'waiting', unsure: false, muted: false, watched: false, enabled: true } as const;
  assert.equal(maySay(loud), true);
  for (const but of [{ state: 'done' }, { unsure: true }, { muted: true }, { watched: true }, { enabled: false }] as const) assert.equal(maySay({ ...loud, ...but }), false, JSON.stringify(but));
});

test('of several windows one tells, and old claims go', () => {
  const root = mkdtempSync(join(tmpdir(), 'wh-claim-'));
  try {
    const waiting = one('waiting', 'approve', 'x');
    assert.deepEqual([1, 2, 3].map(() => claimNotice(root, waiting, Date.now())), [true, false, false]);
    assert.equal(claimNotice(root, one('waiting', 'question'), Date.now()), true);
    const [old = ''] = readdirSync(join(root, 'notices'));
    utimesSync(join(root, 'notices', old), 1, 1);
    claimNotice(root, session(2, 'waiting', 0), Date.now());
    assert(!readdirSync(join(root, 'notices')).includes(old));
    writeFileSync(join(root, 'file'), '');
    assert.equal(claimNotice(join(root, 'file'), waiting, Date.now()), true, 'no folder to claim in');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
