import { CardsStore, createDays, type Algorithm, type CardsContext } from '../../../core/cards/index.ts';
import { systemClock, systemRandom } from '../clock.ts';
import type { UserData } from '../user-data.ts';

export interface CardsOptions {
  /** Of new cards where neither the deck nor the user has another. */
  readonly algorithm: Algorithm;
  /** The hour at which a day begins, 0-23; default 4. */
  readonly dayStart?: number;
}

/** The user's cards, by this machine's clock and time zone. */
export function openCards(user: UserData, { algorithm, dayStart }: CardsOptions): CardsContext {
  let opening: Promise<CardsStore> | undefined;
  return {
    clock: systemClock,
    random: systemRandom,
    days: createDays((at) => systemClock.offsetMinutes(at), dayStart),
    defaultAlgorithm: algorithm,
    store: () => (opening ??= user.store().then((store) => new CardsStore(store, user.actor))),
  };
}
