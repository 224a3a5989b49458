/** The limits that hold for every language model, whatever stands behind it. */
import { isWheelhouseError, messageOf, WheelhouseError } from '../../../core/base/errors.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../../../core/models/index.ts';

/** What a model gets to do: ask, tell of progress, and end when the signal says so. */
export interface GuardedAsk {
  readonly instructions: string;
  readonly material: string;
  readonly signal: AbortSignal;
  /** The next piece of the answer's text. */
  readonly onText: (piece: string) => void;
  /** A sign of life that is no text. */
  readonly onLife: () => void;
}

export interface Limits {
  readonly idleTimeoutMs: number;
  /** For the whole answer: a model that trickles for ever shows signs of life, too. */
  readonly totalTimeoutMs: number;
  readonly maxChars: number;
  /** How long a model that was told to end is waited for. */
  readonly endingMs: number;
}

const usual: Limits = { idleTimeoutMs: 120_000, totalTimeoutMs: 900_000, maxChars: 400_000, endingMs: 5_000 };

/**
 * A model that ends: when the caller cancels, when nothing comes for too long, when too much comes.
 * After that no text is passed on. Errors that are none of ours become `refused`.
 */
export function guarded(name: string, answer: (ask: GuardedAsk) => Promise<ModelAnswer>, limits: Partial<Limits> = {}): LanguageModel {
  return { name, ask: (request) => askGuarded(name, answer, request, { ...usual, ...limits }) };
}

async function askGuarded(name: string, answer: (ask: GuardedAsk) => Promise<ModelAnswer>, request: ModelRequest, limits: Limits): Promise<ModelAnswer> {
  const cancelled = new WheelhouseError('cancelled', `${name} was stopped before it had answered.`);
  if (request.signal?.aborted) throw cancelled;
  const idleMs = request.idleTimeoutMs ?? limits.idleTimeoutMs;
  const maxChars = request.maxChars ?? limits.maxChars;

  const controller = new AbortController();
  let stoppedBy: WheelhouseError | undefined;
  let overdue: ((error: WheelhouseError) => void) | undefined;
  let ending: NodeJS.Timeout | undefined;
  const stop = (error: WheelhouseError): void => {
    if (stoppedBy !== undefined) return;
    stoppedBy = error;
    controller.abort();
    ending = setTimeout(() => overdue?.(error), limits.endingMs);
  };
  const deaf = new Promise<never>((_, reject) => (overdue = reject));

  const idle = setTimeout(() => stop(new WheelhouseError('timeout', `${name} gave no sign of life for ${seconds(idleMs)} and was stopped. Try again, or choose another model.`)), idleMs);
  const total = setTimeout(() => stop(new WheelhouseError('timeout', `${name} did not finish within ${seconds(limits.totalTimeoutMs)} and was stopped. Ask for less at once.`)), limits.totalTimeoutMs);
  const onAbort = (): void => stop(cancelled);
  request.signal?.addEventListener('abort', onAbort, { once: true });

  let length = 0;
  const tooLong = (): void =>
    stop(new WheelhouseError('refused', `${name} answered with more than ${maxChars.toLocaleString('en')} characters and was stopped. Ask for less at once.`));
  try {
    const work = answer({
      instructions: request.instructions,
      material: request.material,
      signal: controller.signal,
      onLife: () => void idle.refresh(),
      onText: (piece) => {
        idle.refresh();
        if (stoppedBy !== undefined || piece === '') return;
        length += piece.length;
        if (length > maxChars) tooLong();
        else request.onText?.(piece);
      },
    });
    const given = await Promise.race([work, deaf]);
    if (given.text.length > maxChars) tooLong();
    if (stoppedBy !== undefined) throw stoppedBy;
    return given;
  } catch (error) {
    if (stoppedBy !== undefined) throw stoppedBy;
    if (isWheelhouseError(error)) throw error;
    throw new WheelhouseError('refused', `${name} failed: ${messageOf(error)}`, { cause: error });
  } finally {
    clearTimeout(idle);
    clearTimeout(total);
    clearTimeout(ending);
    request.signal?.removeEventListener('abort', onAbort);
  }
}

function seconds(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`;
}
