/**
 * HOW FOLDER NAME ROUNDS: changes FOLDER/log.org so many times.
 * `locked`: adds a line as Wheelhouse does, under a lock and with compare-and-swap.
 * `in-place`: as a program that knows nothing of others, opens, truncates, waits a moment and writes
 * a number of its own into the first line; says how often that number was gone, and stayed so.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../../../../src/adapters/node/files.ts';
import { ownIdentity } from '../../../../src/adapters/node/process-identity.ts';
import { createLocks } from '../../../../src/adapters/node/ticket-lock.ts';

const [how = '', folder = '', name = '', rounds = '0'] = process.argv.slice(2);
const path = join(folder, 'log.org');

if (how === 'locked') {
  const locks = createLocks(join(folder, 'locks'), ownIdentity());
  for (let n = 0; n < Number(rounds); n++) {
    await locks.withLock(path, async () => {
      const text = await nodeFiles.readText(path);
      const result = await nodeFiles.replaceText(path, { expected: text, text: `${text ?? ''}${name} ${n}\n` });
      if (result === 'changed') throw new Error('changed under the lock');
    }, { timeoutMs: 60_000 });
  }
} else {
  let lost = 0;
  for (let n = 0; n < Number(rounds); n++) {
    const file = openSync(path, 'w');
    if (n % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    writeSync(file, `${name} ${n}\n`);
    closeSync(file);
    await new Promise((resolve) => setTimeout(resolve, n % 7 === 0 ? 60 : 3));
    // While Wheelhouse puts back what it noticed, there may be a moment without it.
    for (let looks = 0; !isThere(n); looks++) {
      if (looks === 50) {
        lost += 1;
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  process.stdout.write(`lost ${lost}\n`);
}

function isThere(n: number): boolean {
  return existsSync(path) && readFileSync(path, 'utf8').startsWith(`${name} ${n}\n`);
}
