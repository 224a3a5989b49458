import { join } from 'node:path';
import { dayOf, LEDGER } from '../../../core/audit/index.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { watchFile } from '../watch.ts';
import { auditFolder } from './ledger.ts';

const DAY_LOOK_MS = 30_000;

/** Calls back when something was taken down: each line is in the day's ledger, too. */
export function watchAudit(dataRoot: string, listener: () => void): Disposable {
  let day = dayOf(Date.now());
  const follow = () => watchFile(join(auditFolder(dataRoot), day, LEDGER), listener);
  let watching = follow();
  const timer = setInterval(() => {
    if (dayOf(Date.now()) === day) return;
    day = dayOf(Date.now());
    watching.dispose();
    watching = follow();
    listener();
  }, DAY_LOOK_MS);
  return {
    dispose: () => {
      clearInterval(timer);
      watching.dispose();
    },
  };
}
