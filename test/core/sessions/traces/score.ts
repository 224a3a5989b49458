// How right a way to conclude is: over whole traces, by state.

import type { Concluded, Labelled, Played } from './replay.ts';

/** The states as they are scored: whether somebody has looked is no question of the truth. */
export const scored = ['waiting', 'error', 'at rest', 'working', 'ended'] as const;
export type Scored = (typeof scored)[number];

export interface Detected {
  readonly labelled: Labelled;
  /** Milliseconds from when it was true to when it was concluded for good; undefined when it never was, or not to the end. */
  readonly delay: number | undefined;
  /** What was concluded at the end of it. */
  readonly last: Concluded | undefined;
}

export function scoredOf(state: string | undefined): Scored | undefined {
  return state === 'idle' || state === 'done' ? 'at rest' : scored.find((each) => each === state);
}

/** What is shown for less than this nobody can see; a wait counts however short it is, for it alerts. */
const blinkMs = 100;

/** What is concluded and taken back before anybody can see it, as between two prompts of a queue. */
export function blinksOf({ concluded }: Played): readonly Concluded[] {
  return concluded.filter(({ at, state }, index) => {
    const next = concluded[index + 1];
    return index > 0 && next !== undefined && next.at - at < blinkMs && scoredOf(state) !== scoredOf(next.state);
  });
}

function steadied(concluded: readonly Concluded[]): readonly Concluded[] {
  const steady = concluded.filter(({ at, state }, index) => state === 'waiting' || (concluded[index + 1]?.at ?? Infinity) - at >= blinkMs);
  return steady.filter(({ state, reason }, index) => index === 0 || steady[index - 1]?.state !== state || steady[index - 1]?.reason?.kind !== reason?.kind);
}

/** For every label: was it concluded, and how late? */
export function detect({ concluded: all, labelled }: Played): readonly Detected[] {
  const concluded = steadied(all);
  return labelled.map((label) => {
    const wanted = scoredOf(label.truth.state);
    const last = concluded.findLast(({ at }) => at <= label.end);
    if (scoredOf(last?.state) !== wanted) return { labelled: label, delay: undefined, last };
    // Back from the end to where it began to be concluded without a break.
    let from = label.end;
    for (const { at, state } of [...concluded].reverse()) {
      if (at > label.end) continue;
      if (scoredOf(state) !== wanted) break;
      from = at;
    }
    return { labelled: label, delay: Math.max(0, from - label.at), last };
  });
}

export interface False {
  readonly concluded: Concluded;
  readonly until: number;
}

/** Stretches where a state was concluded and nowhere in them true, nor about to be, nor just over. */
export function falseAlarms({ concluded, labelled }: Played, state: Scored): readonly False[] {
  return stretchesOf(steadied(concluded), state).filter(({ concluded: { at }, until }) => !labelled.some((label) => scoredOf(label.truth.state) === state && at <= label.next && until >= label.since));
}

export function stretchesOf(concluded: readonly Concluded[], state: Scored): readonly False[] {
  return concluded.flatMap((each, index): False[] => {
    if (scoredOf(each.state) !== state || scoredOf(concluded[index - 1]?.state) === state) return [];
    return [{ concluded: each, until: concluded.slice(index + 1).find((later) => scoredOf(later.state) !== state)?.at ?? Infinity }];
  });
}
