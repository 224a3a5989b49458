/** Calls of tools other than the shell. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideCall, decidePath, type Decision } from '../../../src/core/policy/index.ts';
import { diskOf, home, policyOf, root } from './look.ts';

const policy = policyOf(`
read:
  deny: [.env, "*.env", ~/.ssh, secret/inner, /etc/shadow, "a[bc].txt", "**/vault/*.bin", deep/**/x.key]
  ask: [drafts]
write:
  deny: [package-lock.json, docs/fixed]
  ask: [.github/workflows]
`);
const disk = diskOf([`${root}/.env`, `${root}/src/a.ts`, `${home}/.ssh/id`], { [`${root}/link.txt`]: `${root}/.env`, [`${root}/lib`]: `${home}/.ssh` });
const decide = (tool: string, input: Record<string, unknown>, cwd = root) => decideCall(policy, { tool, input, cwd, home }, disk).decision;

const reads: Readonly<Record<Decision, readonly string[]>> = {
  deny: ['.env', `${root}/.env`, 'src/../.env', './/.env', 'x/y/.env', 'x/prod.env', '/anywhere/.env', '.env/inside', '~/.ssh', '~/.ssh/id', `${home}/.ssh/a/b`, 'lib/id', 'link.txt', 'secret/inner', 'secret/inner/x', '/etc/shadow', 'ab.txt', 'x/ac.txt', 'x/vault/k.bin', 'deep/x.key', 'deep/a/b/x.key'],
  ask: ['drafts', 'drafts/x.md', 'x/drafts/y'],
  allow: ['src/a.ts', '.envrc', 'x.env.ts', 'secret', 'secret/other', 'ad.txt', 'x/vault/a/k.bin', '~/.sshx', '/etc/passwd', 'package-lock.json', '.github/workflows/ci.yml', '.ENV', 'env'],
};
for (const [decision, paths] of Object.entries(reads)) test(`Read: ${decision}`, () => assert.deepEqual(paths.filter((path) => decide('Read', { file_path: path }) !== decision), []));

describe('what may not be read may not be written, and some may only be read', () => {
  const rows: readonly (readonly [string, Decision])[] = [['.env', 'deny'], ['package-lock.json', 'deny'], ['sub/package-lock.json', 'deny'], ['docs/fixed/x.md', 'deny'], ['docs/x.md', 'allow'], ['drafts/x', 'ask'], ['.github/workflows/ci.yml', 'ask'], ['.wheelhouse/policy.yaml', 'deny'], ['src/a.ts', 'allow']];
  for (const tool of ['Edit', 'Write', 'MultiEdit', 'NotebookEdit']) test(tool, () => assert.deepEqual(rows.filter(([path, wanted]) => decide(tool, { [tool === 'NotebookEdit' ? 'notebook_path' : 'file_path']: path }) !== wanted), []));
});

describe('searches', () => {
  const rows: readonly (readonly [tool: string, input: Record<string, unknown>, wanted: Decision])[] = [
    ['Grep', { pattern: 'x', path: '.env' }, 'deny'], ['Grep', { pattern: 'x', path: `${root}/link.txt` }, 'deny'], ['Grep', { pattern: 'x', path: '~/.ssh' }, 'deny'], ['Grep', { pattern: 'x', glob: '.env' }, 'deny'], ['Grep', { pattern: 'x', glob: '*.env' }, 'deny'], ['Grep', { pattern: 'x', glob: '**/.env' }, 'deny'], ['Grep', { pattern: 'x', glob: '.env*' }, 'deny'], ['Grep', { pattern: 'x', glob: '*.{ts,env}' }, 'deny'], ['Grep', { pattern: 'x', glob: '*.ts *.env' }, 'deny'], ['Grep', { pattern: 'x', glob: '/home/u/.ssh/*' }, 'deny'],
    ['Grep', { pattern: 'x' }, 'allow'], ['Grep', { pattern: '.env' }, 'allow'], ['Grep', { pattern: 'x', glob: '*.ts' }, 'allow'], ['Grep', { pattern: 'x', glob: '!*.env' }, 'allow'], ['Grep', { pattern: 'x', glob: '*' }, 'allow'], ['Grep', { pattern: 'x', path: 'src' }, 'allow'],
    ['Glob', { pattern: '**/.env' }, 'deny'], ['Glob', { pattern: '*', path: '~/.ssh' }, 'deny'], ['Glob', { pattern: '/home/u/.ssh/*' }, 'deny'], ['Glob', { pattern: '~/.ssh/id*' }, 'deny'], ['Glob', { pattern: '**/*.ts' }, 'allow'], ['Glob', { pattern: '**/*' }, 'allow'],
  ];
  for (const [tool, input, wanted] of rows) test(`${tool} ${JSON.stringify(input)}`, () => assert.equal(decide(tool, input), wanted));
});

test('a command leaves the sandbox with a yes, where the policy asks for one and does not require it', () => {
  const leaving = (sandbox: string, command: string, asksNobody = false) => decideCall(policyOf(`read:\n  deny: [.env]\nsandbox: ${sandbox}\n`), { tool: 'Bash', input: { command, dangerouslyDisableSandbox: true }, cwd: root, home, asksNobody }, disk).decision;
  assert.deepEqual([leaving('off', 'ls', true), leaving('on', 'ls', true), leaving('required', 'ls', true)], ['allow', 'deny', 'allow'], 'with nobody to ask');
  assert.deepEqual([leaving('off', 'ls'), leaving('on', 'ls'), leaving('required', 'ls'), leaving('on', 'cat .env')], ['allow', 'ask', 'allow', 'deny']);
});

describe('other tools', () => {
  const rows: readonly (readonly [tool: string, input: Record<string, unknown>, wanted: Decision])[] = [
    ['mcp__files__read_file', { path: '.env' }, 'deny'], ['mcp__files__read', { paths: ['src/a.ts', '.env'] }, 'deny'], ['mcp__files__get', { uri: 'file:///work/repo/.env' }, 'deny'], ['mcp__files__write_file', { path: 'package-lock.json' }, 'deny'], ['mcp__files__read_file', { path: 'package-lock.json' }, 'allow'], ['mcp__web__get', { uri: 'https://example.org/.env' }, 'allow'], ['mcp__notes__get', { note_id: '.env' }, 'allow'],
    ['WebFetch', { url: 'https://example.org/.env' }, 'allow'], ['Task', { prompt: 'read .env' }, 'allow'], ['Monitor', { command: 'cat .env' }, 'deny'], ['Read', {}, 'allow'], ['Read', { file_path: 7 }, 'allow'], ['Bash', { command: ['cat .env'] }, 'deny'], ['constructor', {}, 'allow'],
  ];
  for (const [tool, input, wanted] of rows) test(`${tool} ${JSON.stringify(input)}`, () => assert.equal(decide(tool, input), wanted));
});

describe('only these folders', () => {
  const only = policyOf('read:\n  only: [., /usr]\nwrite:\n  only: [src, /tmp]\n', { user: 'write:\n  only: [., ~/x]\n' });
  const rows: readonly (readonly [tool: string, path: string, wanted: Decision])[] = [['Read', 'src/a.ts', 'allow'], ['Read', '/usr/include/x', 'allow'], ['Read', '/etc/hosts', 'deny'], ['Read', '../other/x', 'deny'], ['Read', 'lib/id', 'deny'], ['Edit', 'src/a.ts', 'allow'], ['Edit', 'README.md', 'deny'], ['Edit', '/tmp/x', 'deny'], ['Edit', '/usr/x', 'deny']];
  for (const [tool, path, wanted] of rows) test(`${tool} ${path}`, () => assert.equal(decideCall(only, { tool, input: { file_path: path }, cwd: root, home }, disk).decision, wanted));
});

test('of two files, the stricter rule counts, and the stricter choice', () => {
  const both = policyOf('read:\n  ask: [a.txt]\ncommands:\n  unclear: ask\n', { user: 'read:\n  deny: [a.txt]\nfailClosed: true\nsandbox: on\n' });
  assert.equal(decidePath(both, 'a.txt', disk.names('a.txt', root), 'read')?.decision, 'deny');
  assert.deepEqual([both.unclear, both.failClosed, both.sandbox], ['ask', true, 'on']);
});

test('names that a file system takes for the same are the same', () => {
  const folded = policyOf('read:\n  deny: [.env, Größe]\n', { ignoreCase: true });
  for (const name of ['.ENV', '.e\u200cnv', 'GRÖSSE'.replace('SS', 'ß'), 'Gro\u0308ße']) assert.equal(decidePath(folded, name, { names: [`/x/${name}`], kind: 'file' }, 'read')?.decision, 'deny', name);
});

describe('a policy that is not understood is closed', () => {
  const broken = policyOf('read:\n  deny: [x.txt]\n  denny: [y]\n');
  const rows: readonly (readonly [tool: string, input: Record<string, unknown>, wanted: Decision])[] = [['Read', { file_path: 'src/a.ts' }, 'ask'], ['Edit', { file_path: 'src/a.ts' }, 'ask'], ['Bash', { command: 'ls' }, 'ask'], ['Grep', { pattern: 'x' }, 'ask'], ['Read', { file_path: '.env' }, 'deny'], ['Read', { file_path: 'x.txt' }, 'deny'], ['Bash', { command: 'cat ~/.ssh/id' }, 'deny'], ['Task', {}, 'allow']];
  for (const [tool, input, wanted] of rows) {
    test(`${tool} ${JSON.stringify(input)}`, () => {
      const verdict = decideCall(broken, { tool, input, cwd: root, home }, disk);
      assert.equal(verdict.decision, wanted);
      if (wanted === 'ask') assert.match(verdict.reason, /policy\.yaml:3 is not understood \(there is no "read\.denny"/);
    });
  }
});
