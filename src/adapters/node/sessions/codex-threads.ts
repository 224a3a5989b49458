import type { CodexThread } from '../../../core/sessions/index.ts';
import type { CodexProcess } from './codex-processes.ts';

/**
 * Which thread belongs to which process: the server does not say, and one process has several in its
 * life. Of a folder's threads those that were used last belong to its processes, the older thread to
 * the older process. A process that writes a rollout itself has that thread.
 */
export function assignThreads(processes: readonly CodexProcess[], threads: readonly CodexThread[]): { readonly ofProcess: ReadonlyMap<number, CodexThread>; readonly others: readonly CodexThread[] } {
  const ofProcess = new Map<number, CodexThread>();
  const served = processes.filter(({ rollouts }) => rollouts.length === 0);
  for (const cwd of new Set(served.map((each) => each.cwd))) {
    const here = served.filter((each) => each.cwd === cwd).sort((a, b) => a.startedAt - b.startedAt);
    const used = threads.filter(({ facts }) => facts.cwd === cwd).sort((a, b) => b.usedAt - a.usedAt || (a.id < b.id ? -1 : 1)).slice(0, here.length);
    used.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    // With fewer threads than processes, those that started last have none yet.
    used.forEach((thread, index) => {
      const process = here[index];
      if (process) ofProcess.set(process.pid, thread);
    });
  }
  const taken = new Set(ofProcess.values());
  return { ofProcess, others: threads.filter((thread) => !taken.has(thread)) };
}
