/** LOCK: takes the lock, says so, and keeps it. */
import { ownIdentity } from '../../../../src/adapters/node/process-identity.ts';
import { withLock } from '../../../../src/adapters/node/ticket-lock.ts';

await withLock(process.argv[2] ?? '', async () => {
  process.stdout.write('held\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}, { owner: await ownIdentity() });
