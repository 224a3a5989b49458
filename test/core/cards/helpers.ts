/** Cards in a temporary folder, with a clock that the test sets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openUserData, type UserData } from '../../../src/adapters/node/user-data.ts';
import { CardsStore, createDays, type Algorithm, type CardsContext } from '../../../src/core/cards/index.ts';
import { systemRandom } from '../../../src/adapters/node/clock.ts';

export const dayMs = 86_400_000;
/** Noon of a Sunday, UTC. */
export const noon = Date.UTC(2025, 0, 26, 12, 0, 0);

export interface TestCards extends CardsContext {
  /** Moves the clock. */
  wait(ms: number): void;
  now: number;
  readonly user: UserData;
  /** Another process on the same folder, with the same clock. */
  another(): TestCards;
  dispose(): Promise<void>;
}

export interface TestOptions {
  readonly algorithm?: Algorithm;
  readonly offsetMinutes?: (at: number) => number;
}

export function testCards({ algorithm = 'sm2', offsetMinutes = () => 0 }: TestOptions = {}): TestCards {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-cards-'));
  const clock = { at: noon };
  const opened: UserData[] = [];
  const open = (): TestCards => {
    const user = openUserData({ env: { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') }, actor: 'cli' });
    opened.push(user);
    let store: Promise<CardsStore> | undefined;
    return {
      clock: { now: () => clock.at, offsetMinutes },
      random: systemRandom,
      days: createDays(offsetMinutes),
      defaultAlgorithm: algorithm,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      store: () => (store ??= user.store().then((tables) => new CardsStore(tables, 'cli'))),
      wait: (ms) => void (clock.at += ms),
      get now() {
        return clock.at;
      },
      set now(at) {
        clock.at = at;
      },
      user,
      another: open,
      dispose: async () => {
        for (const data of opened) await data.dispose();
        rmSync(home, { recursive: true, force: true });
      },
    };
  };
  return open();
}
