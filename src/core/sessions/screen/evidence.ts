import type { Evidence } from '../model.ts';
import { readScreen, readTitle, type Pane, type RuleSays } from './read.ts';
import type { ScreenRules } from './rules.ts';

/** One look at an agent's pane. */
export interface Look {
  readonly at: number;
  readonly pane: Pane;
  /** Undefined when it was not read: because nothing was written since, or because there was no need to. */
  readonly screen: string | undefined;
  /** Somebody tells the state better, so that the screen is not read at all. */
  readonly isKnownBetter: boolean;
}

/** What was said about a pane is kept for so many changes. */
const mostEvidence = 12;

/**
 * What the looks at a pane say together: the screen what its rules know, and the title only where they
 * know nothing, for a title knows of no dialog and of no task in the background.
 * @param before What came of the looks before this one.
 */
export function addLook(rules: ScreenRules, agent: string, before: readonly Evidence[], { at, pane, screen, isKnownBetter }: Look): readonly Evidence[] {
  const byScreen = screen === undefined || isKnownBetter ? undefined : readScreen(rules, agent, pane, screen);
  // What a screen said that is no longer read, or no longer understood, must not outlive it.
  const forgotten = isKnownBetter || (screen !== undefined && byScreen === undefined);
  if (!forgotten && (byScreen !== undefined || before.some(({ source }) => source === 'screen'))) return added(before.filter(({ source }) => source === 'screen'), 'screen', byScreen, at);
  return added(before.filter(({ source }) => source === 'title'), 'title', readTitle(rules, agent, pane), at);
}

/** The evidence with what a rule says now, unless that is what was said last. */
function added(evidence: readonly Evidence[], source: 'title' | 'screen', says: RuleSays | undefined, at: number): readonly Evidence[] {
  const last = evidence.at(-1);
  if (says === undefined || (last?.state === says.state && last.reason?.kind === says.reason?.kind && last.reason?.detail === says.reason?.detail)) return evidence;
  const next: Evidence = { source, state: says.state, at, seq: (last?.seq ?? 0) + 1, says: `rule ${says.rule}`, ...(says.reason !== undefined && { reason: says.reason }) };
  return [...evidence, next].slice(-mostEvidence);
}
