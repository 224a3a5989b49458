import { fsrs as createFsrs, type FSRS } from 'ts-fsrs';
import type { Confidence } from '../model.ts';
import type { DeckSettings } from '../settings.ts';
import { blank, type Algorithmic } from './model.ts';

/** FSRS and Anki know four grades: 1 and 2 are Again, for both are wrong; 3 Hard, 4 Good, 5 Easy. */
export function gradeOf(confidence: Confidence): 1 | 2 | 3 | 4 {
  return confidence === 1 ? 1 : ((confidence - 1) as 1 | 2 | 3 | 4);
}

const engines = new Map<string, FSRS>();

/** FSRS-6 with its published weights, in whole days: what happens within a day is not its business here. */
function engineOf({ retention, maximumInterval }: DeckSettings): FSRS {
  const key = `${retention}/${maximumInterval}`;
  const known = engines.get(key);
  if (known) return known;
  const engine = createFsrs({ request_retention: retention, maximum_interval: maximumInterval, enable_short_term: false, enable_fuzz: false });
  engines.set(key, engine);
  return engine;
}

/**
 * FSRS-6 by ts-fsrs: its memory states and its intervals, at whole days of the user's. Its card
 * schedulers are left out: they add learning steps, or push the four grades' intervals apart.
 */
export const fsrs: Algorithmic = {
  step(memory, confidence, elapsed, settings) {
    const engine = engineOf(settings);
    const base = { ...blank, ease: settings.ease, ...memory };
    const known = base.stability > 0 ? { stability: base.stability, difficulty: Math.max(1, base.difficulty) } : null;
    const { stability, difficulty } = engine.next_state(known, elapsed, gradeOf(confidence));
    return { ...base, interval: engine.next_interval(stability, elapsed), stability, difficulty };
  },
  recall: ({ stability }, elapsed, settings) => (stability <= 0 ? settings.retention : engineOf(settings).forgetting_curve(elapsed, stability)),
};
