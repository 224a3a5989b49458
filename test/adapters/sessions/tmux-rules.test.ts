import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadRules, userRulesFile } from '../../../src/adapters/node/sessions/tmux-rules.ts';
import { programOf, shippedRules } from '../../../src/core/sessions/index.ts';

const cases: readonly [string, string | undefined, RegExp | undefined, string][] = [
  ['no file: the shipped rules', undefined, undefined, 'other'],
  ['a good file: it counts', '{"version": 1, "panes": [{"id": "mine", "kind": "editor", "command": "^mine$"}]}', undefined, 'editor'],
  ['no JSON: reported, and ignored', '{"version": 1,', /screen-rules\.json: .*JSON/, 'other'],
  ['one broken rule: reported, and all ignored', '{"version": 1, "panes": [{"id": "mine", "kind": "editor", "command": "^mine$"}], "rules": [{"id": "x"}]}', /screen-rules\.json: .*rule "x"/, 'other'],
];
for (const [name, text, problem, kind] of cases) {
  test(name, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-rules-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    if (text !== undefined) await writeFile(userRulesFile(folder), text);
    const loaded = loadRules(folder);
    if (problem === undefined) assert.equal(loaded.problem, undefined);
    else assert.match(loaded.problem ?? '', problem);
    assert.equal(programOf(loaded.rules, 'mine').kind, kind);
    if (kind === 'other') assert.equal(loaded.rules, shippedRules);
  });
}
