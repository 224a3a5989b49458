import assert from 'node:assert/strict';
import { chmod, mkdir, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addComment, sample, stage, type Ran, type Stage } from './stage.ts';

/** One line that says what to do, no stack trace, exit code 1. */
function assertRefused(ran: Ran, says: RegExp): void {
  assert.equal(ran.code, 1, ran.stdout + ran.stderr);
  assert.match(ran.stderr, /^wheelhouse: [^\n]+\n$/);
  assert.match(ran.stderr, says);
  assert.doesNotMatch(ran.stderr + ran.stdout, /internal error|^\s+at /m);
}

const asRoot = process.getuid?.() === 0;
const verbs = [['review', 'list'], ['review', 'check'], ['review', 'add', 'code.txt:1', 'x'], ['review', 'show', 'cr-x'], ['review', 'stats']];

const logs: readonly { name: string; make: (path: string) => Promise<unknown>; says: RegExp; skip?: boolean }[] = [
  { name: 'a folder', make: (path) => mkdir(path), says: /Cannot read .*code_review\.org/ },
  { name: 'binary', make: (path) => writeFile(path, Buffer.from([0x50, 0, 1, 2, 0xff])), says: /binary file/ },
  { name: 'UTF-16', make: (path) => writeFile(path, Buffer.from('\ufeff* TODO', 'utf16le')), says: /UTF-16.*UTF-8/ },
  { name: 'not readable', make: async (path) => { await writeFile(path, 'x'); await chmod(path, 0); }, says: /Cannot read .*code_review\.org/, skip: asRoot },
  {
    name: 'huge',
    make: async (path) => {
      const file = await open(path, 'w');
      await file.truncate(300 * 1024 * 1024);
      await file.close();
    },
    says: /at most \d+ are read/,
  },
];
for (const { name, make, says, skip } of logs) {
  test(`the log is ${name}`, { skip: skip === true }, async (t) => {
    const staged = await stage(t, { files: sample });
    await make(staged.log);
    for (const args of verbs) assertRefused(await staged.wheelhouse(args), says);
  });
}

test('the log is a dangling link: listed as empty, and the first comment makes what it points to', async (t) => {
  const staged = await stage(t, { files: sample });
  const target = join(staged.root, 'elsewhere.org');
  await symlink(target, staged.log);
  assert.equal((await staged.wheelhouse(['review', 'list', '--json'])).stdout, '[]\n');
  await addComment(staged);
  assert.match(await readFile(target, 'utf8'), /two is wrong/);
});

test('bytes that are no UTF-8, and lines that are no entries, survive every change', async (t) => {
  const staged = await stage(t, { files: sample });
  const before = Buffer.concat([Buffer.from('* Notes\r\n'), Buffer.from([0xff, 0xfe, 0x41, 0x0a]), Buffer.from('half a line')]);
  await writeFile(staged.log, before);
  const id = await addComment(staged);
  assert.ok((await readFile(staged.log)).subarray(0, before.length).equals(before));
  assert.equal((await staged.wheelhouse(['review', 'remove', id])).code, 0);
  assert.ok((await readFile(staged.log)).includes(before.subarray(0, before.length - 1)));
});

test('without git: comments work, the hook does not', async (t) => {
  const staged = await stage(t, { files: sample, git: false });
  const id = await addComment(staged);
  const done = await staged.wheelhouse(['review', 'done', id, '--json']);
  assert.equal((JSON.parse(done.stdout) as { verified: boolean }).verified, true, done.stderr);
});

test('without the git program: the same', async (t) => {
  const staged = await stage(t, { files: sample });
  const bin = join(staged.root, 'bin');
  await mkdir(bin);
  for (const program of ['sh', 'make', 'grep']) await symlink(`/usr/bin/${program}`, join(bin, program));
  const env = { PATH: bin };
  const ran = await staged.wheelhouse(['review', 'add', 'code.txt:1', 'x', '--json'], { env });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal((await staged.wheelhouse(['review', 'list'], { env })).code, 0);
  const doctor = await staged.wheelhouse(['doctor'], { env });
  assert.equal(doctor.code, 1);
  assert.match(doctor.stdout, /^fail {2}git: there is no git on PATH — Install git/m);
});

test('a repository without commits', async (t) => {
  const staged = await stage(t, { files: sample, commit: false });
  const id = await addComment(staged);
  await staged.git('add', '--all');
  const check = await staged.wheelhouse(['review', 'check', '--staged', '--json']);
  assert.equal((JSON.parse(check.stdout) as unknown[]).length, 1, check.stderr);
  assert.equal((await staged.wheelhouse(['review', 'done', id])).code, 0);
  assert.equal((await staged.wheelhouse(['review', 'stats'])).code, 0);
});

test('a data folder that cannot be one', async (t) => {
  const staged = await stage(t, { files: sample });
  const data = join(staged.root, 'file');
  await writeFile(data, '');
  assertRefused(await staged.wheelhouse(['review', 'add', 'code.txt:1', 'x', '--data', data]), /Cannot write/);
});

test('the current folder is gone', async (t) => {
  const staged = await stage(t, { files: sample });
  const ran = await staged.run(['sh', '-c', `mkdir ../gone && cd ../gone && rmdir ../gone && exec "$0" "$@"`, process.execPath, join(import.meta.dirname, '../../../src/faces/cli/cli.ts'), 'review', 'list']);
  assert.ok(ran.code === 1 || ran.code === 2, ran.stderr);
  assert.match(ran.stderr, /^wheelhouse: [^\n]+\n$/);
});

/** Sets what the editor would leave for the command line. */
async function settings(staged: Stage, values: object): Promise<void> {
  const journal = (await staged.run(['find', staged.home, '-name', 'journal.jsonl'])).stdout.trim();
  await writeFile(journal.replace(/journal\.jsonl$/, 'settings.json'), JSON.stringify(values));
}

const tests: readonly { name: string; command: string; says: RegExp; tail?: RegExp }[] = [
  { name: 'hangs', command: 'echo begun; sleep 60', says: /did not end within 2 s and was stopped/, tail: /begun/ },
  { name: 'kills itself', command: 'echo oh; kill -9 $$', says: /ended by SIGKILL/, tail: /oh/ },
  { name: 'prints 100 MB', command: 'head -c 100000000 /dev/zero | tr "\\0" x; echo; echo last words; exit 4', says: /exit code 4/, tail: /last words\n$/ },
  { name: 'is no program', command: 'no-such-program-here', says: /exit code 127/, tail: /not found/ },
  { name: 'prints escapes', command: 'printf "\\033[31mred\\033[0m\\n"; exit 1', says: /exit code 1/, tail: /^red\n$/ },
];
test('smoke tests that misbehave: the comment stays open and the end of the output is shown', async (t) => {
  const staged = await stage(t, { files: sample });
  const id = await addComment(staged);
  for (const { name, command, says, tail } of tests) {
    await settings(staged, { smokeCommand: command, smokeTimeoutMinutes: 2 / 60 });
    const ran = await staged.wheelhouse(['review', 'done', id]);
    assertRefused(ran, says);
    assert.match(ran.stdout, tail ?? /^/, name);
    assert.ok(ran.stdout.length < 20_000, name);
  }
  await settings(staged, { smokeCommand: ['no-such-program-here'] });
  assertRefused(await staged.wheelhouse(['review', 'done', id]), /no-such-program-here cannot be started/);
  await settings(staged, { smokeCommand: 'true' });
  assert.equal((await staged.wheelhouse(['review', 'done', id])).code, 0);
});

test('a test that changes the files it tests proves nothing', async (t) => {
  const staged = await stage(t, { files: sample });
  const id = await addComment(staged);
  await settings(staged, { smokeCommand: 'echo more >> code.txt' });
  assertRefused(await staged.wheelhouse(['review', 'done', id]), /code\.txt changed while they ran/);
});

test('many at once: no comment is lost', async (t) => {
  const staged = await stage(t, { files: sample });
  const ids = await Promise.all(Array.from({ length: 8 }, (_, index) => addComment(staged, 'code.txt:1', `comment ${index}`)));
  const list = await staged.wheelhouse(['review', 'list', '--json']);
  assert.deepEqual((JSON.parse(list.stdout) as { id: string }[]).map(({ id }) => id).sort(), ids.sort());
});

test('a reader that stops reading is no error', async (t) => {
  const staged = await stage(t, { files: sample });
  for (let index = 0; index < 3; index++) await addComment(staged, 'code.txt:1', `${index} ${'long '.repeat(5000)}`);
  const ran = await staged.run(['sh', '-c', '"$0" "$@" | head -c 10', process.execPath, join(import.meta.dirname, '../../../src/faces/cli/cli.ts'), 'review', 'list', '--json']);
  assert.deepEqual([ran.stderr, ran.stdout.length], ['', 10]);
});

test('doctor finds what is wrong, and says how to mend it', async (t) => {
  const staged = await stage(t, { files: sample });
  await addComment(staged);
  const lines = async () => (await staged.wheelhouse(['doctor'])).stdout;
  assert.match(await lines(), /^warn {2}launcher: .* is not there yet/m);
  await staged.wheelhouse(['install', 'claude']);
  await staged.wheelhouse(['install', 'git-hook']);
  const healthy = await staged.wheelhouse(['doctor', '--json']);
  assert.equal(healthy.code, 0, healthy.stdout);
  const { findings } = JSON.parse(healthy.stdout) as { findings: { level: string; check: string; message: string; fix?: string }[] };
  assert.deepEqual(findings.filter(({ level }) => level !== 'ok').map(({ check }) => check), ['claude']);
  assert.ok(findings.every(({ level, fix }) => (level === 'ok') === (fix === undefined)));

  const entry = (await readFile(staged.log, 'utf8')).split('\n').slice(5).join('\n');
  await writeFile(staged.log, `${await readFile(staged.log, 'utf8')}${entry}`);
  await rm(join(staged.repo, 'Makefile'));
  await chmod(join(staged.repo, '.git/hooks/pre-commit'), 0o644);
  await writeFile(join(staged.home, '.local/share/wheelhouse/bin/wheelhouse'), '#!/bin/sh\necho broken >&2\nexit 127\n');
  await writeFile(join(staged.repo, '.mcp.json'), '{"mcpServers":{"wheelhouse":{"command":"/old/bin/wheelhouse","args":["mcp"]}}}');
  const sick = await staged.wheelhouse(['doctor']);
  assert.equal(sick.code, 1);
  for (const says of [/^warn {2}review log: .* has the same :ID: at more than one comment: cr-\w+ — /m, /^warn {2}smoke test: .*has none/m, /^warn {2}git hook: .* — chmod \+x/m, /^fail {2}launcher: .*broken — /m, /^warn {2}MCP server: \.mcp\.json starts \/old\/bin\/wheelhouse/m]) {
    assert.match(sick.stdout, says);
  }
});
