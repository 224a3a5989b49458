/**
 * LOCK FILE ROUNDS [DIE]: adds one to the number in FILE so many times, each under the lock, with a
 * moment between reading and writing. With DIE, the last round is never finished: the process kills
 * itself while it holds the lock, after its write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { ownIdentity } from '../../../../src/adapters/node/process-identity.ts';
import { withLock } from '../../../../src/adapters/node/ticket-lock.ts';

const [lock = '', file = '', rounds = '0', die] = process.argv.slice(2);
const owner = await ownIdentity();
const waits: number[] = [];
for (let round = 1; round <= Number(rounds); round++) {
  const asked = performance.now();
  await withLock(lock, async () => {
    waits.push(performance.now() - asked);
    const value = Number(readFileSync(file, 'utf8'));
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(file, String(value + 1));
    if (die !== undefined && round === Number(rounds)) process.kill(process.pid, 'SIGKILL');
  }, { owner, timeoutMs: 60_000 });
}
process.stdout.write(`${JSON.stringify(waits)}\n`);
