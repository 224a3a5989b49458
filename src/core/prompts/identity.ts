/** What makes two sightings the same prompt. */
import type { PastedPart } from './model.ts';

/** 64 bits of a text, in two halves. */
export interface TextHash {
  readonly high: number;
  readonly low: number;
}

/** The pasted parts of a prompt by their number, as Claude Code writes them. */
export type Pasted = Readonly<Record<string, unknown>>;

/** `[Pasted text #1 +47 lines]`, `[...Truncated text #2 +9 lines...]` */
export const PLACEHOLDER = /\[(?:Pasted text|\.\.\.Truncated text) #(\d+)(?: \+\d+ lines)?(?:\.\.\.)?\]/g;

/** The text with pasted parts in their place, as the agent got it; a part that is lost stays a placeholder. */
export function expandPasted(text: string, pasted: Pasted | undefined): string {
  if (pasted === undefined || !text.includes(' text #')) return text;
  return text.replace(PLACEHOLDER, (placeholder, number: string) => pastedText(pasted, number) ?? placeholder);
}

export function pastedText(pasted: Pasted, number: string): string | undefined {
  const part = Object.hasOwn(pasted, number) ? pasted[number] : undefined;
  if (typeof part === 'string') return part;
  const content = typeof part === 'object' && part !== null ? (part as { content?: unknown }).content : undefined;
  return typeof content === 'string' ? content : undefined;
}

/** The pasted parts that a text has placeholders for, in their order. */
export function pastedParts({ text, pasted }: { readonly text: string; readonly pasted: string }): readonly PastedPart[] {
  const parts = parsePasted(pasted) ?? {};
  const found = new Map([...text.matchAll(PLACEHOLDER)].map(([placeholder, number = '']) => [placeholder, pastedText(parts, number)]));
  return [...found].map(([placeholder, content]) => ({ placeholder, text: content }));
}

/**
 * The hash of a text without its white space and its damaged characters, because sources differ in
 * those. The mixing is cyrb53's (bryc, public domain) with all 64 bits kept: quick in JavaScript, and
 * nobody's secret depends on it.
 */
export function textHash(given: string): TextHash {
  const text = given.toWellFormed();
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit <= 32 || unit === 0xa0 || unit === 0xfffd) continue;
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  const low = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  const high = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return { high: high >>> 0, low: low >>> 0 };
}

/** A key in its parts. */
export interface KeyParts extends TextHash {
  readonly at: number;
  /** 32 bits of the session's name. */
  readonly session: number;
}

/**
 * The name of a prompt in the journal, where ratings and notes are kept: its text (hashed), its time
 * and its session. Another source may know it with a time some seconds away, so who looks for a key
 * looks for the nearest such prompt.
 */
export function promptKey({ text, pasted, at, session }: { readonly text: string; readonly pasted: Pasted | string | undefined; readonly at: number; readonly session: string }): string {
  return formatKey({ ...textHash(expandPasted(text, typeof pasted === 'string' ? parsePasted(pasted) : pasted)), at, session: sessionHash(session) });
}

export function formatKey({ high, low, at, session }: KeyParts): string {
  return `${hex(high)}${hex(low)}-${at}-${hex(session)}`;
}

export function parseKey(key: string): KeyParts | undefined {
  const match = /^([0-9a-f]{8})([0-9a-f]{8})-(-?\d+)-([0-9a-f]{8})$/.exec(key);
  if (match === null) return undefined;
  const [, high = '', low = '', at = '', session = ''] = match;
  return { high: parseInt(high, 16), low: parseInt(low, 16), at: Number(at), session: parseInt(session, 16) };
}

export function sessionHash(session: string): number {
  return textHash(session).low;
}

/** The hash of no session: it fits every other. */
export const NO_SESSION = sessionHash('');

export function parsePasted(json: string): Pasted | undefined {
  if (json === '{}' || json === '') return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Pasted) : undefined;
  } catch {
    return undefined;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
