import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commandModel } from '../../../src/adapters/node/models/command.ts';
import { isAlive } from '../../harness/claude/processes.ts';

const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-cancel-'));
after(() => rm(folder, { recursive: true, force: true }));
const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder };

for (const [name, onTerm] of [['a program that listens', ''], ['a program that does not', 'process.on("SIGTERM", () => {});']] as const) {
  test(`cancelling ends ${name}, with what it started`, { skip: process.platform === 'win32' }, async () => {
    const pids = join(folder, '..', `wheelhouse-cancel-${process.pid}`);
    after(() => rm(pids, { force: true }));
    const child = `${onTerm} console.log("up"); setInterval(() => {}, 1000)`;
    const model = commandModel({
      argv: [process.execPath, '-e', `${onTerm}
        const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'ignore'] });
        child.stdout.once('data', () => {
          require('fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);
          console.log('begun');
        });
        setInterval(() => {}, 1000);`],
      env,
    });
    const controller = new AbortController();
    await assert.rejects(model.ask({ instructions: '', material: '', signal: controller.signal, onText: () => controller.abort() }), { code: 'cancelled' });

    for (const pid of (await readFile(pids, 'utf8')).split(' ').map(Number)) {
      // It takes a moment until the system has cleared away a killed process whose parent is gone.
      for (let tries = 0; isAlive(pid) && tries < 60; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(isAlive(pid), false);
    }
    assert.deepEqual(await readdir(folder), [], 'its folder is taken away');
  });
}
