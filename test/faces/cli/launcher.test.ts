import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { launcherPath, windowsLauncher, writeLauncher } from '../../../src/adapters/node/launcher.ts';

const skip = process.platform === 'win32' && 'needs a POSIX shell';
const echo = 'console.log(JSON.stringify({ args: process.argv.slice(2), runAsNode: process.env.ELECTRON_RUN_AS_NODE ?? null }));\n';

function prepare(t: TestContext, name = 'plain') {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-launcher-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, name);
  mkdirSync(folder);
  const cli = join(folder, 'cli.js');
  writeFileSync(cli, echo);
  return { folder, cli, data: join(folder, 'data') };
}

function start(path: string, env: Record<string, string>, args: readonly string[] = ['review', 'a b', "it's", '$x', '']) {
  const { status, stdout, stderr } = spawnSync(path, args, { env, encoding: 'utf8', cwd: '/' });
  return { status, stderr, out: stdout === '' ? undefined : (JSON.parse(stdout) as { args: string[]; runAsNode: string | null }) };
}

const names = ['plain', 'with space', "o'neil", '$HOME `id` "x"', 'back\\slash', 'ünï', '-dash', 'new\nline'];
for (const name of names) {
  test(`starts the command line in a folder called ${JSON.stringify(name)}, without any PATH`, { skip }, async (t) => {
    const { cli, data } = prepare(t, name);
    const path = await writeLauncher(data, { runtime: process.execPath, cli });
    assert.equal(path, launcherPath(data));
    assert.deepEqual(start(path, {}), { status: 0, stderr: '', out: { args: ['review', 'a b', "it's", '$x', ''], runAsNode: '1' } });
  });
}

test('falls back to node on PATH when the editor is gone', { skip }, async (t) => {
  const { cli, data, folder } = prepare(t);
  for (const runtime of [join(folder, 'gone'), folder]) {
    const path = await writeLauncher(data, { runtime, cli });
    assert.deepEqual(start(path, { PATH: dirname(process.execPath) }, ['x']), { status: 0, stderr: '', out: { args: ['x'], runAsNode: null } });
  }
});

const missing: readonly { name: string; what: (folder: string, cli: string) => { runtime: string; cli: string }; says: RegExp }[] = [
  { name: 'neither the editor nor node', what: (folder, cli) => ({ runtime: join(folder, 'gone'), cli }), says: /^wheelhouse: neither .*gone nor node on PATH is there.*\n$/ },
  { name: 'no command line', what: (folder) => ({ runtime: process.execPath, cli: join(folder, 'no.js') }), says: /^wheelhouse: .*no\.js is gone.*\n$/ },
];
for (const { name, what, says } of missing) {
  test(`says in one line what is missing: ${name}`, { skip }, async (t) => {
    const { cli, data, folder } = prepare(t);
    const { status, stderr } = start(await writeLauncher(data, what(folder, cli)), { PATH: folder });
    assert.equal(status, 127);
    assert.match(stderr, says);
  });
}

test('is written again only when something changed, and made executable again', { skip }, async (t) => {
  const { cli, data } = prepare(t);
  const path = await writeLauncher(data, { runtime: process.execPath, cli });
  assert.equal(statSync(path).mode & 0o777, 0o755);
  utimesSync(path, 1, 1);
  chmodSync(path, 0o600);
  await writeLauncher(data, { runtime: process.execPath, cli });
  assert.deepEqual([statSync(path).mtimeMs, statSync(path).mode & 0o100], [1000, 0o100]);
  await writeLauncher(data, { runtime: process.execPath, cli: `${cli}2` });
  assert.notEqual(statSync(path).mtimeMs, 1000);
});

test('the hook is its own program, which Node keeps compiled until another takes its place', { skip }, async (t) => {
  const { cli, data, folder } = prepare(t, "o'neil $HOME");
  const hook = join(folder, 'hook.cjs');
  const run = async (said: string) => {
    // A program as small as this one is not kept; its own hundred functions are.
    writeFileSync(hook, `${Array.from({ length: 100 }, (_, i) => `function f${i}() { return ${i}; } f${i}();`).join('\n')}\nconsole.log(JSON.stringify({ said: '${said}', args: process.argv.slice(2) }));`);
    const path = await writeLauncher(data, { runtime: process.execPath, cli });
    const { status, stdout, stderr } = spawnSync(path, ['hook'], { env: {}, encoding: 'utf8', cwd: '/' });
    return { status, stdout, stderr };
  };
  const kept = () => readdirSync(join(data, 'cache', 'compiled'), { recursive: true }).length;
  for (const said of ['first', 'first', 'second']) assert.deepEqual(await run(said), { status: 0, stdout: `{"said":"${said}","args":[]}\n`, stderr: '' });
  assert(kept() > 0);
  await writeLauncher(data, { runtime: process.execPath, cli: `${cli}2` });
  assert.equal(existsSync(join(data, 'cache', 'compiled')), false);
  // Where nothing can be kept, all goes on as before.
  writeFileSync(join(data, 'cache', 'compiled'), 'no folder');
  assert.deepEqual(await run('third'), { status: 0, stdout: '{"said":"third","args":[]}\n', stderr: '' });
});

test('the Windows launcher doubles percent signs and quotes both paths', () => {
  const text = windowsLauncher({ runtime: 'C:\\Program Files\\100%\\Code.exe', cli: 'C:\\a b\\cli.js' });
  assert.match(text, /^"C:\\Program Files\\100%%\\Code\.exe" "C:\\a b\\cli\.js" %\*\r$/m);
});
