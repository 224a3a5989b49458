import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { addComment, sample, stage, type Ran, type Stage } from './stage.ts';

const json = (ran: Ran) => JSON.parse(ran.stdout) as Record<string, unknown>;
const text = (path: string) => readFile(path, 'utf8').catch(() => undefined);
const launcher = (staged: Stage) => join(staged.home, '.local/share/wheelhouse/bin/wheelhouse');

test('install claude: registers, says so, does it once, and uninstall takes it out', async (t) => {
  const staged = await stage(t, { files: { '.mcp.json': '{\n\t"mcpServers": { "a": { "command": "x" } }\n}\n' } });
  const file = join(staged.repo, '.mcp.json');
  const before = await text(file);
  assert.deepEqual(json(await staged.wheelhouse(['install', 'claude', '--json'])), { file, change: 'changed', hooks: { file: join(staged.repo, '.claude', 'settings.local.json'), change: 'created' }, launcher: launcher(staged) });
  assert.deepEqual((JSON.parse((await text(file)) ?? '') as { mcpServers: Record<string, unknown> }).mcpServers['wheelhouse'], { type: 'stdio', command: launcher(staged), args: ['mcp'] });
  assert.equal((await staged.run([launcher(staged), '--version'])).code, 0);
  assert.equal(json(await staged.wheelhouse(['install', 'claude', '--json']))['change'], 'none');
  assert.equal(json(await staged.wheelhouse(['uninstall', 'claude', '--json']))['change'], 'changed');
  assert.equal(await text(file), before);
  assert.equal(await text(join(staged.repo, '.claude', 'settings.local.json')), undefined);
  assert.equal(json(await staged.wheelhouse(['uninstall', 'claude', '--json']))['change'], 'none');
});

test('install claude --scope user: in ~/.claude.json, or in CLAUDE_CONFIG_DIR', async (t) => {
  const staged = await stage(t);
  const config = join(staged.root, 'config');
  const cases = [
    { file: join(staged.home, '.claude.json'), hooks: join(staged.home, '.claude', 'settings.json'), env: {} },
    { file: join(config, '.claude.json'), hooks: join(config, 'settings.json'), env: { CLAUDE_CONFIG_DIR: config } },
  ];
  for (const { file, hooks, env } of cases) {
    assert.deepEqual(json(await staged.wheelhouse(['install', 'claude', '--scope', 'user', '--json'], { env })), { file, change: 'created', hooks: { file: hooks, change: 'created' }, launcher: launcher(staged) });
    assert.equal((await stat(file)).mode & 0o777, 0o600, 'others have no business there');
    assert.equal(json(await staged.wheelhouse(['uninstall', 'claude', '--scope', 'user', '--json'], { env }))['change'], 'removed');
    assert.deepEqual([await text(file), await text(hooks)], [undefined, undefined]);
  }
});

const refusedFiles = [
  { name: 'that is broken', content: '{\n  // mine\n  "mcpServers": {}}\n}\n', says: /not JSON/ },
  { name: 'with a foreign entry', content: '{"mcpServers":{"wheelhouse":{"command":"npx"}}}', says: /--force/ },
];
for (const { name, content, says } of refusedFiles) {
  test(`install claude refuses a file ${name}, and writes nothing`, async (t) => {
    const staged = await stage(t, { files: { '.mcp.json': content } });
    for (const verb of ['install', 'uninstall']) {
      const ran = await staged.wheelhouse([verb, 'claude']);
      assert.deepEqual([ran.code, ran.stdout], [1, '']);
      assert.match(ran.stderr, says);
      assert.match(ran.stderr, /^wheelhouse: [^\n]*\n$/);
    }
    assert.equal(await text(join(staged.repo, '.mcp.json')), content);
  });
}

type Agent = { name: string; workspace: string; user: string; own: string; entry: (launcher: string) => string };
const stdio = (launcher: string) => `${JSON.stringify({ mcpServers: { wheelhouse: { type: 'stdio', command: launcher, args: ['mcp'] } } }, null, 2)}\n`;
const agents: readonly Agent[] = [
  { name: 'codex', workspace: '.codex/config.toml', user: '.codex/config.toml', own: 'model = "m" # mine', entry: (launcher) => `[mcp_servers.wheelhouse]\ncommand = "${launcher}"\nargs = ["mcp"]\nenv_vars = ["WHEELHOUSE_DATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]\ntool_timeout_sec = 600\n` },
  { name: 'gemini', workspace: '.gemini/settings.json', user: '.gemini/settings.json', own: '{\n  // mine\n  "ui": { "theme": "x" },\n}\n', entry: (launcher) => `${JSON.stringify({ mcpServers: { wheelhouse: { command: launcher, args: ['mcp'] } } }, null, 2)}\n` },
  { name: 'opencode', workspace: 'opencode.json', user: '.config/opencode/opencode.json', own: '{ "model": "m", /* mine */ }', entry: (launcher) => `${JSON.stringify({ $schema: 'https://opencode.ai/config.json', mcp: { wheelhouse: { type: 'local', command: [launcher, 'mcp'] } } }, null, 2)}\n` },
  { name: 'cursor', workspace: '.cursor/mcp.json', user: '.cursor/mcp.json', own: '{"mcpServers":{"a":{"url":"u"}}}', entry: stdio },
];
for (const { name, workspace, user, own, entry } of agents) {
  test(`install ${name}: into its own file, merged, and out again byte for byte`, async (t) => {
    const staged = await stage(t);
    const there = async () => (await readdir(staged.repo)).sort();
    const before = await there();
    const file = join(staged.repo, workspace);
    assert.deepEqual(json(await staged.wheelhouse(['install', name, '--json'])), { file, change: 'created', launcher: launcher(staged) });
    assert.equal(await text(file), entry(launcher(staged)));
    assert.equal(json(await staged.wheelhouse(['install', name, '--json']))['change'], 'none');
    assert.equal(json(await staged.wheelhouse(['uninstall', name, '--json']))['change'], 'removed');
    assert.deepEqual(await there(), before, 'the folder that was made for it is gone, too');

    // The user keeps the settings elsewhere, and has a link to them.
    const [real, link] = [join(staged.root, 'kept', 'settings'), join(staged.home, user)];
    await mkdir(dirname(real));
    await mkdir(dirname(link), { recursive: true });
    await writeFile(real, own);
    await symlink(real, link);
    const ran = json(await staged.wheelhouse(['install', name, '--scope', 'user', '--name', 'memento', '--tools', 'notes', '--json']));
    assert.deepEqual([ran['file'], ran['change']], [link, 'changed']);
    assert.match((await text(real)) ?? '', /memento[^]*"--tools",\s*"notes"/);
    assert.equal((await lstat(link)).isSymbolicLink(), true);
    assert.equal(json(await staged.wheelhouse(['uninstall', name, '--scope', 'user', '--json']))['change'], 'changed');
    assert.deepEqual([await text(real), (await lstat(link)).isSymbolicLink()], [own, true]);

    await chmod(real, 0o444);
    const refused = await staged.wheelhouse(['install', name, '--scope', 'user']);
    assert.deepEqual([refused.code, await text(real)], [1, own]);
    assert.match(refused.stderr, /^wheelhouse: Cannot write .*write-protected.*\n$/);
    assert.ok(refused.stderr.includes(link));
  });
}

test('install claude --name memento --tools notes: that server alone, and no hooks', async (t) => {
  const staged = await stage(t);
  const file = join(staged.repo, '.mcp.json');
  const ran = json(await staged.wheelhouse(['install', 'claude', '--name', 'memento', '--tools', 'notes', '--json']));
  assert.deepEqual(ran, { file, change: 'created', launcher: launcher(staged) });
  assert.deepEqual(JSON.parse((await text(file)) ?? ''), { mcpServers: { memento: { type: 'stdio', command: launcher(staged), args: ['mcp', '--tools', 'notes'] } } });
  assert.equal(await text(join(staged.repo, '.claude', 'settings.local.json')), undefined);
  await staged.wheelhouse(['install', 'claude']);
  assert.equal(json(await staged.wheelhouse(['uninstall', 'claude', '--name', 'wheelhouse', '--json']))['change'], 'changed');
  assert.deepEqual(Object.keys((JSON.parse((await text(file)) ?? '') as { mcpServers: object }).mcpServers), ['memento']);
  assert.equal(json(await staged.wheelhouse(['uninstall', 'claude', '--json']))['change'], 'removed');
  for (const args of [['--name', 'a b'], ['--tools', 'weather'], ['--scope', 'world']]) assert.equal((await staged.wheelhouse(['install', 'claude', ...args])).code, 2, args.join(' '));
});

test('install claude changes both files or none', async (t) => {
  const staged = await stage(t, { files: { '.mcp.json': '{}\n', '.claude/settings.local.json': '{ "hooks": [] }\n' } });
  const ran = await staged.wheelhouse(['install', 'claude']);
  assert.deepEqual([ran.code, await text(join(staged.repo, '.mcp.json'))], [1, '{}\n']);
  assert.match(ran.stderr, /"hooks" in .*settings\.local\.json is not a JSON object, so nothing was changed/);
});

/** Installs the hook and gives a function that commits and tells what was said. */
async function hooked(staged: Stage, args: readonly string[] = []) {
  const ran = await staged.wheelhouse(['install', 'git-hook', '--json', ...args]);
  assert.equal(ran.code, 0, ran.stderr);
  // A commit from a window has next to no PATH; git itself is found by its own.
  const commit = (argv: readonly string[] = [], env: Record<string, string> = {}, cwd = staged.repo) =>
    staged.run(['git', 'commit', '--quiet', '-m', 'x', ...argv], { cwd, env: { PATH: '/usr/bin:/bin', ...env } });
  return { file: json(ran)['file'] as string, change: json(ran)['change'] as string, commit };
}

const head = async (staged: Stage) => (await staged.git('rev-list', '--count', '--all')).trim();

test('git-hook: a commit names open comments on its files only', async (t) => {
  const staged = await stage(t, { files: { ...sample, 'other.txt': 'x\n' } });
  await addComment(staged);
  const { commit, file, change } = await hooked(staged);
  assert.deepEqual([file, change], [join(staged.repo, '.git/hooks/pre-commit'), 'created']);

  await staged.write('other.txt', 'y\n');
  await staged.write('code.txt', 'changed, not staged\n');
  await staged.git('add', 'other.txt');
  const without = await commit();
  assert.deepEqual([without.code, without.stdout + without.stderr], [0, '']);

  const withComment = await commit(['-a']);
  assert.equal(withComment.code, 0);
  assert.match(withComment.stdout + withComment.stderr, /1 review comment is open here:\n {2}code\.txt:2 {2}two is wrong/);
  assert.equal(await head(staged), '3');
});

test('git-hook --block: stops the commit; --no-verify, a gone Wheelhouse, and uninstall let it through', async (t) => {
  const staged = await stage(t, { files: sample });
  await addComment(staged);
  const { commit, file } = await hooked(staged, ['--block']);
  const change = async (word: string) => {
    await staged.write('code.txt', `${word}\n`);
    await staged.git('add', '--all');
  };
  await change('a');
  const stopped = await commit();
  assert.equal(stopped.code, 1);
  assert.match(stopped.stdout + stopped.stderr, /two is wrong.*--no-verify/s);
  assert.equal((await commit(['--no-verify'])).code, 0);

  await change('b');
  const broken = (await text(launcher(staged)) ?? '').replace(/^cli=.*$/m, "cli='/gone/cli.js'");
  await writeFile(launcher(staged), broken);
  assert.equal((await commit()).code, 0, 'the command line is gone');
  await change('c');
  await staged.run(['rm', launcher(staged)]);
  const silent = await commit();
  assert.deepEqual([silent.code, silent.stdout + silent.stderr], [0, '']);

  await hooked(staged, ['--block']);
  await staged.wheelhouse(['uninstall', 'git-hook']);
  assert.equal(await text(file), undefined);
  await change('d');
  assert.equal((await commit()).code, 0);
  assert.equal(await head(staged), '5');
});

test('git-hook: a partial commit and a commit with an index of its own are what is checked', async (t) => {
  const staged = await stage(t, { files: { ...sample, 'other.txt': 'x\n' } });
  await addComment(staged);
  const { commit } = await hooked(staged, ['--block']);
  await staged.write('code.txt', 'staged\n');
  await staged.write('other.txt', 'named\n');
  await staged.git('add', '--all');
  assert.equal((await commit(['other.txt'])).code, 0, 'only other.txt is committed');
  const index = join(staged.repo, '.git/own-index');
  await staged.run(['cp', join(staged.repo, '.git/index'), index]);
  await staged.git('reset', '--quiet');
  assert.equal((await commit([], { GIT_INDEX_FILE: index })).code, 1, 'its index has code.txt');
});

test('git-hook: in a work tree, for the same comments', async (t) => {
  const staged = await stage(t, { files: sample });
  await addComment(staged);
  const tree = join(staged.root, 'tree');
  await staged.git('worktree', 'add', '--quiet', tree);
  const ran = await staged.wheelhouse(['install', 'git-hook', '--block', '--json'], { cwd: tree });
  assert.equal(json(ran)['file'], join(staged.repo, '.git/hooks/pre-commit'));
  await writeFile(join(tree, 'code.txt'), 'changed\n');
  assert.equal((await staged.run(['git', 'commit', '--quiet', '-a', '-m', 'x'], { cwd: tree })).code, 1);
});

test('git-hook: into an existing hook, before its exit, with its mode; out again without a trace', async (t) => {
  const staged = await stage(t, { files: sample });
  await addComment(staged);
  const hook = join(staged.repo, '.git/hooks/pre-commit');
  const own = '#!/bin/bash\nset -e\necho "own hook: $GIT_INDEX_FILE"\nexit 0\n';
  await writeFile(hook, own);
  await chmod(hook, 0o750);
  const { commit, change } = await hooked(staged);
  assert.equal(change, 'changed');
  assert.equal((await stat(hook)).mode & 0o777, 0o750);
  await staged.write('code.txt', 'changed\n');
  const ran = await commit(['-a']);
  assert.equal(ran.code, 0);
  assert.match(ran.stdout + ran.stderr, /two is wrong.*own hook: .*index/s, 'both ran, and git told the second what it told the first');
  await staged.wheelhouse(['uninstall', 'git-hook']);
  assert.deepEqual([await text(hook), (await stat(hook)).mode & 0o777], [own, 0o750]);
});

test('git-hook: core.hooksPath is where it goes', async (t) => {
  const staged = await stage(t, { files: sample });
  await staged.git('config', 'core.hooksPath', 'my hooks');
  const { file, commit } = await hooked(staged, ['--block']);
  assert.equal(file, join(staged.repo, 'my hooks/pre-commit'));
  await addComment(staged);
  await staged.write('code.txt', 'changed\n');
  assert.equal((await commit(['-a'])).code, 1);
});

const managed: readonly { name: string; prepare: (staged: Stage) => Promise<void>; says: RegExp; snippet: RegExp }[] = [
  { name: 'husky', prepare: async ({ repo }) => { await mkdir(join(repo, '.husky')); }, says: /husky manages.*\.husky\/pre-commit/, snippet: /^'.*bin\/wheelhouse' review check --staged$/m },
  { name: 'lefthook', prepare: ({ write }) => write('lefthook.yml', ''), says: /lefthook manages.*lefthook\.yml/, snippet: /^pre-commit:\n {2}commands:\n {4}wheelhouse:\n {6}run: "'.*review check --staged"$/m },
  { name: 'pre-commit', prepare: ({ write }) => write('.pre-commit-config.yaml', 'repos: []\n'), says: /pre-commit manages/, snippet: /entry: "'.*review check --staged"/ },
  { name: 'a hook that is no shell script', prepare: async ({ repo }) => { await writeFile(join(repo, '.git/hooks/pre-commit'), '#!/usr/bin/env python3\n', { mode: 0o755 }); }, says: /not a shell script/, snippet: /review check --staged/ },
  { name: 'a hook that is a program', prepare: async ({ repo }) => { await symlink('/bin/true', join(repo, '.git/hooks/pre-commit')); }, says: /not a shell script/, snippet: /review check --staged/ },
  { name: 'a hook that is switched off', prepare: async ({ repo }) => { await writeFile(join(repo, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o644 }); }, says: /cannot be executed/, snippet: /^$/ },
];
for (const { name, prepare, says, snippet } of managed) {
  test(`git-hook leaves it alone and says what to do: ${name}`, async (t) => {
    const staged = await stage(t, { files: sample });
    await prepare(staged);
    const hook = join(staged.repo, '.git/hooks/pre-commit');
    const before = await text(hook);
    const ran = await staged.wheelhouse(['install', 'git-hook']);
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, says);
    assert.match(ran.stdout, snippet);
    assert.equal(await text(hook), before);
  });
}

test('git-hook without git is refused', async (t) => {
  const staged = await stage(t, { git: false });
  for (const verb of ['install', 'uninstall']) {
    const ran = await staged.wheelhouse([verb, 'git-hook']);
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /not in a git repository/);
  }
});
