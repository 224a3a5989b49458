import { CardsStore, createDays, type Algorithm, type CardsContext } from '../../../core/cards/index.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { nodeFiles } from '../files.ts';
import type { UserData } from '../user-data.ts';
import { readUserSettings } from '../user-settings.ts';

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
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    store: () => (opening ??= user.store().then((store) => new CardsStore(store, user.actor))),
  };
}

/** The same outside the editor, by the settings that were made there. */
export async function openCardsAsSet(user: UserData, options: Pick<CardsOptions, 'algorithm'>): Promise<CardsContext> {
  const { dayStart } = await readUserSettings(nodeFiles, user.folder);
  return openCards(user, { ...options, ...(dayStart !== undefined && { dayStart }) });
}
