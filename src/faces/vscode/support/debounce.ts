import type { Disposable } from '../../../core/base/disposable.ts';

/** Work that is done once after a pause. */
export interface Delayed extends Disposable {
  /** Does it `delayMs` after the last call; a shorter delay given here does not get longer by later calls. */
  schedule(delayMs?: number): void;
  cancel(): void;
}

export function delayed(work: () => void, usualMs: number): Delayed {
  let timer: NodeJS.Timeout | undefined;
  let urgent = 0;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
    urgent = 0;
  };
  return {
    schedule(delayMs = usualMs) {
      const due = Date.now() + delayMs;
      // A call that wants it soon is not put off by one that can wait.
      if (delayMs < usualMs) urgent = urgent === 0 ? due : Math.min(urgent, due);
      clearTimeout(timer);
      timer = setTimeout(() => {
        cancel();
        work();
      }, Math.max(0, (urgent === 0 ? due : urgent) - Date.now()));
    },
    cancel,
    dispose: cancel,
  };
}
