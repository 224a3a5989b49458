import { checkName, endOfGeneration, missingAt, refreshWithDeaths, succeeded, theBarrier, type Barrier, type CoordinationContext } from '../../../core/coordination/index.ts';
import { ownIdentity } from '../process-identity.ts';

export interface WaitOptions {
  /** Milliseconds after which the answer is `waiting`; undefined: until it opens or breaks. */
  readonly timeoutMs?: number;
  /** Goes on waiting for this generation, which may have ended meanwhile. */
  readonly generation?: number;
  readonly signal: AbortSignal;
  /** How often it looks without being told to, in milliseconds; a second unless told. */
  readonly pollMs?: number;
  /** Called at once, after each change, and every ten seconds. */
  readonly onWaiting?: (barrier: Barrier) => void;
}

export interface Waited {
  readonly barrier: Barrier;
  readonly generation: number;
  readonly state: 'open' | 'broken' | 'waiting' | 'cancelled';
  /** Why it broke. */
  readonly reason: string;
  readonly missing: readonly string[];
}

/** The net below file events, and how soon a death is seen. */
const POLL_MS = 1000;
const REPORT_MS = 10_000;

/**
 * Waits until the barrier opens or breaks, and is seen to wait meanwhile. Whatever ends it, nothing is left behind.
 * @throws WheelhouseError `not-found`; `refused` when the sessions would wait for each other in a circle.
 */
export async function waitAt(context: CoordinationContext, name: string, options: WaitOptions): Promise<Waited> {
  checkName('a barrier', name);
  const { ledger, agent, actor, random } = context;
  const { pollMs = POLL_MS } = options;
  await refreshWithDeaths(context);
  const generation = options.generation ?? theBarrier(context, name).generation;
  const settled = settledAt(context, name, generation);
  if (settled !== undefined) return settled;

  const waiter = random.base32(12);
  const alarm = new Alarm();
  const watching = ledger.onDidAppend(() => alarm.ring());
  const onAbort = () => alarm.ring();
  options.signal.addEventListener('abort', onAbort, { once: true });
  const started = performance.now();
  try {
    const [outcome] = await ledger.append(actor, [{ type: 'coordination.waiting', agent, name, generation, waiter, process: await ownIdentity() }]);
    succeeded(outcome, undefined);
    let reported = -REPORT_MS;
    let arrived = -1;
    let looked = 0;
    for (;;) {
      const ended = settledAt(context, name, generation);
      if (ended !== undefined) return ended;
      const barrier = theBarrier(context, name);
      const now = performance.now() - started;
      const left = (options.timeoutMs ?? Infinity) - now;
      if (options.signal.aborted) return waitedSoFar(barrier, generation, 'cancelled');
      if (left <= 0) return waitedSoFar(barrier, generation, 'waiting');
      if (now - reported >= REPORT_MS || arrived !== barrier.arrived.length) {
        options.onWaiting?.(barrier);
        [reported, arrived] = [now, barrier.arrived.length];
      }
      // Somebody's line needs only folding; whether all still live is asked every second.
      await alarm.within(Math.min(pollMs, left));
      if (performance.now() - looked < pollMs) await ledger.refresh();
      else {
        await refreshWithDeaths(context);
        looked = performance.now();
      }
    }
  } finally {
    watching.dispose();
    options.signal.removeEventListener('abort', onAbort);
    await ledger.append(actor, [{ type: 'coordination.left', agent, waiter }]).catch(() => undefined);
  }
}

function settledAt(context: CoordinationContext, name: string, generation: number): Waited | undefined {
  const barrier = theBarrier(context, name);
  const end = endOfGeneration(barrier, generation, context.ledger.elapsed);
  if (end === undefined) return undefined;
  if (end === 'forgotten') return { barrier, generation, state: 'broken', reason: 'it is too long ago', missing: [] };
  return { barrier, generation, state: end.state, reason: end.state === 'broken' ? end.reason : '', missing: end.state === 'broken' ? end.missing : [] };
}

function waitedSoFar(barrier: Barrier, generation: number, state: 'waiting' | 'cancelled'): Waited {
  return { barrier, generation, state, reason: '', missing: missingAt(barrier) };
}

/** Wakes one sleeper; a ring while nobody sleeps wakes the next at once. */
class Alarm {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async within(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#rung = false;
  }
}
