/** Which key does what. */

export type Action = 'reveal' | 1 | 2 | 3 | 4 | 5 | 'undo' | 'edit' | 'suspend' | 'flag' | 'skip' | 'explain' | 'source' | 'speak' | 'save' | 'cancel' | 'restart' | 'close' | 'stats';

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

export interface Situation {
  readonly phase: 'question' | 'answer' | 'editing' | 'end';
  /** The focus is in a field. */
  readonly writing: boolean;
  /** The focus is on a button, which takes Space and Enter for itself. */
  readonly onButton: boolean;
}

const letters: Readonly<Record<string, Action>> = { u: 'undo', e: 'edit', s: 'suspend', f: 'flag', n: 'skip', x: 'explain', o: 'source', v: 'speak' };

/** Whether a key could be ours, so that it is kept while something else is on its way. */
export function canWait({ key, ctrlKey, metaKey, altKey, repeat }: Pressed): boolean {
  return !ctrlKey && !metaKey && !altKey && !repeat && /^(?:[a-z1-5 ]|Enter)$/i.test(key);
}

/** undefined: the key is none of ours. */
export function actionFor({ key, ctrlKey, metaKey, altKey, repeat }: Pressed, { phase, writing, onButton }: Situation): Action | undefined {
  const command = ctrlKey || metaKey;
  if (phase === 'editing') {
    if (key === 'Escape') return 'cancel';
    return key === 'Enter' && command ? 'save' : undefined;
  }
  if (writing) return phase === 'question' && key === 'Enter' && !altKey && !repeat ? 'reveal' : undefined;
  // A key that is held down must not answer card after card.
  if (altKey || repeat) return undefined;
  if (command) return key.toLowerCase() === 'z' ? 'undo' : undefined;
  if (phase === 'end') return key === 'u' ? 'undo' : key === 'r' ? 'restart' : undefined;
  if (phase === 'question' && (key === ' ' || key === 'Enter') && !onButton) return 'reveal';
  if (phase === 'answer' && /^[1-5]$/.test(key)) return Number(key) as 1 | 2 | 3 | 4 | 5;
  const action = letters[key.toLowerCase()];
  return action === 'explain' && phase === 'question' ? undefined : action;
}
