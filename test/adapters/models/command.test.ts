import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commandModel } from '../../../src/adapters/node/models/command.ts';

const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-command-'));
after(() => rm(folder, { recursive: true, force: true }));
const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder };
const node = (script: string) => commandModel({ argv: [process.execPath, '-e', script], env });
const request = { instructions: 'Say it.', material: '$(touch /tmp/x) "quoted" 日本' };

test('it reads the task on standard input, in an empty folder, and answers on standard output as it goes', async () => {
  const model = node(`
    process.stderr.write('loading…');
    let input = '';
    process.stdin.on('data', (d) => input += d).on('end', () => {
      console.log(JSON.stringify([input, require('fs').readdirSync('.')]));
      process.stderr.write('noise');
      setTimeout(() => console.log('more'), 50);
    });`);
  const pieces: string[] = [];
  const answer = await model.ask({ ...request, onText: (piece) => pieces.push(piece) });
  assert.equal(answer.text, `${JSON.stringify([`${request.instructions}\n\n${request.material}\n`, []])}\nmore\n`);
  assert.equal(pieces.join(''), answer.text);
  assert.ok(pieces.length >= 2);
  assert.deepEqual(await readdir(folder), [], 'its folder is taken away');
});

const failures: { name: string; script: string; message: RegExp }[] = [
  { name: 'it fails', script: 'console.error("a\\nno key\\nfound"); process.exit(3)', message: /failed with exit code 3\. .* It said: “a no key found”$/ },
  { name: 'it is killed', script: 'process.kill(process.pid, "SIGKILL")', message: /was ended from outside \(SIGKILL\)/ },
  { name: 'it says nothing', script: 'console.log("  ")', message: /answered nothing/ },
];
for (const { name, script, message } of failures) {
  test(name, async () => {
    await assert.rejects(node(script).ask(request), { code: 'refused', message });
  });
}

test('a program that is not there', async () => {
  const model = commandModel({ argv: ['no-such-model', 'secret-key'], env });
  await assert.rejects(model.ask(request), (error: Error & { code?: string }) => error.code === 'missing-program' && /no-such-model was not found/.test(error.message) && !error.message.includes('secret-key'));
});

test('a program that does not read its input is no error', async () => {
  const answer = await node('process.stdin.destroy(); console.log("done")').ask({ ...request, material: 'x'.repeat(1_000_000) });
  assert.equal(answer.text, 'done\n');
});
