/** The names that one file has on a real disk. */
import assert from 'node:assert/strict';
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { decidePath, mergePolicy, parsePolicy } from '../../../src/core/policy/index.ts';
import { lookFor } from '../../../src/adapters/node/policy/look.ts';
import { namesOf, windowsPath } from '../../../src/adapters/node/policy/names.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-names-')));
after(() => rmSync(top, { recursive: true, force: true }));
const [root, home] = [join(top, 'repo'), join(top, 'home')];
for (const folder of ['repo/src/deep', 'home/.ssh', 'home/x']) mkdirSync(join(top, folder), { recursive: true });
for (const file of ['repo/.env', 'repo/src/a.ts', 'home/.ssh/id', 'repo/src/deep/prod.env']) writeFileSync(join(top, file), 'x');
symlinkSync('.env', join(root, 'link'));
symlinkSync('link', join(root, 'link2'));
symlinkSync(join(home, '.ssh'), join(root, 'keys'));
symlinkSync('../.env', join(root, 'src/up'));
symlinkSync('gone/.env', join(root, 'dangling'));
symlinkSync('circle', join(root, 'circle'));
symlinkSync('src/deep', join(root, 'deep'));
linkSync(join(root, '.env'), join(root, 'src/hard.txt'));
linkSync(join(root, 'src/deep/prod.env'), join(root, 'hard2.txt'));
linkSync(join(home, '.ssh/id'), join(root, 'src/hard-id'));

const policy = mergePolicy([parsePolicy('read:\n  deny: [.env, "*.env", ~/.ssh]\n', { scope: 'user', file: '/p', home, root })], { home, root, ignoreCase: false, guarded: { deny: [], ask: [] } });
const look = lookFor(policy, root, home);
const decide = (path: string, folder = root) => decidePath(policy, path, look.names(path, folder), 'read')?.decision ?? 'allow';

const denied = ['.env', './.env', 'src/../.env', 'src//..//.env', 'link', 'link2', './src/up', 'keys/id', 'keys/../.ssh/id', 'deep/../../.env', 'src/deep/../../.env', 'dangling', `${root}/.env`, '~/.ssh/id', '$HOME/.ssh/id', '~/x/../.ssh/new', `/proc/self/root${root}/.env`, `/proc/self/root/proc/self/root${root}/.env`, `/proc/${process.pid}/root${root}/.env`, '/proc/self/cwd/.env', `/proc/${process.pid}/cwd/link`, `//proc//self//root${root}/.env`, `/proc/thread-self/root${root}/.env`, `file://${root}/.env`, `file://${root}/%2eenv`, 'src/hard.txt', 'hard2.txt', 'src/hard-id', 'a\0b', '/proc/self/fd/3', '/dev/fd/3', 'not/there/.env'];
const allowed = ['src/a.ts', 'src', 'circle', 'gone', 'x.txt', '~/x/y', '/proc/self/status', '.env.example', ''];
for (const path of denied) test(`denied: ${JSON.stringify(path.replaceAll(top, ''))}`, { skip: process.platform !== 'linux' && path.includes('/proc') }, () => assert.equal(decide(path), 'deny'));
for (const path of allowed) test(`allowed: ${JSON.stringify(path)}`, () => assert.equal(decide(path), 'allow'));

test('relative to the folder of the session; without one, a name is still a name', () => {
  assert.equal(decide('../.env', join(root, 'src')), 'deny');
  assert.equal(decidePath(policy, '.env', look.names('.env', undefined), 'read')?.decision, 'deny');
});

test('a path of any length', () => assert.ok(namesOf('a/'.repeat(100_000), root, { home }).names.length > 0));

describe('paths of Windows', () => {
  const rows: Readonly<Record<string, string>> = { 'C:\\x\\.env': 'C:/x/.env', 'C:\\x\\.env.': 'C:/x/.env', 'C:\\x\\.env  ': 'C:/x/.env', 'C:\\x\\.env. . ': 'C:/x/.env', 'C:\\x\\.env::$DATA': 'C:/x/.env', '\\\\?\\C:\\x\\.env': 'C:/x/.env', '\\\\.\\C:\\x\\.env': 'C:/x/.env', '\\\\localhost\\C$\\x\\.env': 'C:/x/.env', '\\\\?\\UNC\\server\\share\\.env': '//server/share/.env', '/c/x/.env': 'c:/x/.env', 'C:/x/.ssh./id': 'C:/x/.ssh/id', '..\\.env': '../.env' };
  for (const [path, wanted] of Object.entries(rows)) test(path, () => assert.equal(windowsPath(path), wanted));
});
