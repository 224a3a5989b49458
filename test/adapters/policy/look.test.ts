/** What a search over a real folder comes upon. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { decideCall, mergePolicy, parsePolicy } from '../../../src/core/policy/index.ts';
import { lookFor } from '../../../src/adapters/node/policy/look.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-look-')));
after(() => rmSync(root, { recursive: true, force: true }));
for (const file of ['node_modules/a/test/key.pem', '.venv/lib/python3.12/site-packages/certifi/cacert.pem', '.venv/pyvenv.cfg', 'src/a.ts', 'deploy/server.pem', 'node_modules_of_mine/own.pem']) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), 'x');
}
const policy = mergePolicy([parsePolicy('read:\n  deny: ["*.pem"]\n', { scope: 'repository', file: '/p', home: '/nowhere', root })], { home: '/nowhere', root, ignoreCase: false, guarded: { deny: [], ask: [] } });
const decide = (command: string) => decideCall(policy, { tool: 'Bash', input: { command }, cwd: root, home: '/nowhere' }, lookFor(policy, root, '/nowhere')).decision;

test('what packages of others bring is no secret of the user', () => {
  const allowed = ['rm -rf node_modules', 'rm -rf ./node_modules && npm ci', 'rm -rf .venv', 'cp -r node_modules /tmp/x', 'grep -rn foo node_modules/a', 'grep -rn foo .venv', 'grep -rn foo src'];
  assert.deepEqual(allowed.filter((command) => decide(command) !== 'allow'), []);
});

test('named, it is what the rule says; and so is the user\'s own', () => {
  const denied = ['cat node_modules/a/test/key.pem', 'rm -rf deploy', 'grep -rn foo .', 'rm -rf node_modules_of_mine'];
  assert.deepEqual(denied.filter((command) => decide(command) !== 'deny'), []);
});
