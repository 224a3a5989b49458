import type { Clock, Random } from '../ports/clock.ts';
import type { Days } from './days.ts';
import type { Algorithm } from './model.ts';
import type { CardsStore } from './store.ts';

/** What the verbs of `cards` need. */
export interface CardsContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly days: Days;
  /** Of new cards where neither the deck nor the user has another. */
  readonly defaultAlgorithm: Algorithm;
  /** Lets others have their turn; work that takes long calls it every few milliseconds. */
  readonly pause: () => Promise<void>;
  /** The tables; opened on first use. */
  readonly store: () => Promise<CardsStore>;
}
