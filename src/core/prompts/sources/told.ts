import type { Pasted } from '../identity.ts';

/** A prompt as one line of a source tells of it. */
export interface ToldPrompt {
  /** Milliseconds since the epoch, whole. */
  readonly at: number;
  readonly text: string;
  readonly project: string;
  readonly session: string;
  readonly agent: string;
  /** undefined: nothing was pasted. */
  readonly pasted: Pasted | undefined;
}

/** Which kind of source has a prompt. Sources of one kind never tell of the same prompt at two times. */
export type Origin = 'history' | 'transcript' | 'import';

/** Further than this no `Date` goes. */
const LAST_MOMENT = 8.64e15;

/** A time in milliseconds as a number, as digits, or as a date; undefined when it is none of these. */
export function timeOf(value: unknown): number | undefined {
  const at = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? (/^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Date.parse(value)) : NaN;
  return Number.isFinite(at) && Math.abs(at) <= LAST_MOMENT ? Math.trunc(at) : undefined;
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object's fields; undefined for everything else, lists included. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
