import * as vscode from 'vscode';
import type { AbortSignalLike } from '../../../core/ports/processes.ts';

/** What is done sooner needs no progress. */
const LATE_MS = 400;

/** Runs `work`; when it takes long, the status bar says so. */
export async function withLateProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  const done = work();
  if (await isLate(done)) void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => done.then(nothing, nothing));
  return done;
}

/** As above, in a notification with a button that cancels. `report` takes done and total, in whatever unit. */
export async function withCancel<T>(title: string, work: (signal: AbortSignalLike, report: (done: number, total: number) => void) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let show: (percent: number) => void = () => undefined;
  let percent = 0;
  const done = work(abort.signal, (now, total) => {
    percent = total > 0 ? Math.floor((100 * now) / total) : 0;
    show(percent);
  });
  if (await isLate(done)) {
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      show = (now) => {
        if (now > shown) progress.report({ increment: now - shown, message: `${now} %` });
        shown = Math.max(shown, now);
      };
      show(percent);
      return done.then(nothing, nothing);
    });
  }
  return done;
}

async function isLate(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, LATE_MS, true)));
  try {
    return await Promise.race([work.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

const nothing = () => undefined;
