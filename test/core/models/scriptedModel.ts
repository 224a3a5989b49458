/** A language model that says what a test tells it to, behind the same port and the same limits as the real ones. */
import { guarded, type Limits } from '../../../src/adapters/node/models/guard.ts';
import type { LanguageModel, ModelRequest } from '../../../src/core/models/index.ts';

/** One answer: its text, its pieces, or what happens instead; `never`: silence after the pieces. */
export type Script = string | readonly string[] | { readonly pieces?: readonly string[]; readonly then: 'never' | Error };

export interface ScriptedModel extends LanguageModel {
  /** What it was asked, in order. */
  readonly asked: Pick<ModelRequest, 'instructions' | 'material'>[];
  /** How many answers are being given now. */
  readonly running: () => number;
}

export function scriptedModel(scripts: readonly Script[], limits: Partial<Limits> = {}): ScriptedModel {
  const left = [...scripts];
  const asked: ScriptedModel['asked'] = [];
  let running = 0;
  const model = guarded('The script', async ({ instructions, material, signal, onText }) => {
    asked.push({ instructions, material });
    const script = left.shift();
    if (script === undefined) throw new Error('The script has no more answers.');
    const pieces = typeof script === 'string' ? [script] : 'then' in script ? (script.pieces ?? []) : script;
    running += 1;
    try {
      for (const piece of pieces) {
        if (signal.aborted) break;
        onText(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (typeof script === 'object' && 'then' in script) {
        if (script.then !== 'never') throw script.then;
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      }
      return { text: pieces.join(''), model: 'scripted-1' };
    } finally {
      running -= 1;
    }
  }, limits);
  return { ...model, asked, running: () => running };
}

/** Chance that is none. */
export const fixedRandom = { base32: (length: number) => 'abcdefghij'.repeat(10).slice(0, length) };
