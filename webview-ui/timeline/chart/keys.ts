/** What the keys of the lanes mean. */

export type ChartAction =
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'lane'; readonly by: 1 | -1 }
  | { readonly kind: 'end'; readonly which: 'first' | 'last' }
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'all' | 'today' | 'open' | 'leave' | 'mark' }
  | { readonly kind: 'rate'; readonly rating: number };

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** undefined for keys that mean nothing here. */
export function chartAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): ChartAction | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (shiftKey && key === 'ArrowLeft') return { kind: 'pan', share: -0.2 };
  if (shiftKey && key === 'ArrowRight') return { kind: 'pan', share: 0.2 };
  if (/^[1-5]$/.test(key)) return { kind: 'rate', rating: Number(key) };
  return actions[key];
}

const actions: Readonly<Record<string, ChartAction | undefined>> = {
  ArrowLeft: { kind: 'step', by: -1 },
  ArrowRight: { kind: 'step', by: 1 },
  ArrowUp: { kind: 'lane', by: -1 },
  ArrowDown: { kind: 'lane', by: 1 },
  Home: { kind: 'end', which: 'first' },
  End: { kind: 'end', which: 'last' },
  PageUp: { kind: 'pan', share: -0.9 },
  PageDown: { kind: 'pan', share: 0.9 },
  '+': { kind: 'zoom', factor: 1 / 1.5 },
  '=': { kind: 'zoom', factor: 1 / 1.5 },
  '-': { kind: 'zoom', factor: 1.5 },
  _: { kind: 'zoom', factor: 1.5 },
  '0': { kind: 'all' },
  t: { kind: 'today' },
  T: { kind: 'today' },
  Enter: { kind: 'open' },
  ' ': { kind: 'open' },
  Escape: { kind: 'leave' },
  s: { kind: 'mark' },
  S: { kind: 'mark' },
};

/** For the page's help, in the order of use. */
export const keyHelp: readonly (readonly [string, string])[] = [
  ['← →', 'previous, next prompt of the lane'],
  ['↑ ↓', 'lane above, below'],
  ['Enter', 'read it'],
  ['1 – 5', 'rate; the same again clears'],
  ['+ −', 'zoom'],
  ['Shift+← →, PageUp, PageDown', 'move through time'],
  ['Home, End', 'first, last prompt'],
  ['0', 'the whole history'],
  ['T', 'the last day'],
  ['S', 'mark an area; then Enter: all in view'],
  ['/', 'search'],
];
