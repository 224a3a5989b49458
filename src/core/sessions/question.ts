import { shortLine } from './shortText.ts';

/** A last paragraph longer than this is looked at from its end only. */
const LOOKED_AT = 600;

/**
 * The question that an answer ends in, as one line; undefined when it ends otherwise. A turn that ends
 * so waits for the user, though the agent itself calls it idle. Courtesies ask nothing.
 */
export function questionAtEnd(answer: string): string | undefined {
  const last = answer.slice(-LOOKED_AT).trimEnd().split('\n').at(-1)?.trim() ?? '';
  const bare = last.replace(/[\s*_`"'”’»)\]]+$/, '');
  if (!/[?？؟]$/.test(bare)) return undefined;
  const sentence = bare.split(/(?<=[.!?:。！？])\s+/).at(-1) ?? bare;
  const courtesy = /\b(anything|something) else\b|\b(any|other|more) questions\b|\bhow (can|may) I help\b/i;
  return courtesy.test(sentence) ? undefined : shortLine(sentence.replace(/\*\*|__|`/g, '').replace(/^[\s#>*_-]+/, ''));
}

/** How a turn ended, from its last answer. */
export function endOfTurn(answer: string | undefined): { readonly kind: 'finished' | 'question'; readonly detail?: string } {
  const question = answer === undefined ? undefined : questionAtEnd(answer);
  return question === undefined ? { kind: 'finished' } : { kind: 'question', detail: question };
}
