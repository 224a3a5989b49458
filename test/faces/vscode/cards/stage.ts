/** The user's cards in a folder of their own, opened as often as there are windows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openCards } from '../../../../src/adapters/node/cards/cards.ts';
import { openUserData } from '../../../../src/adapters/node/user-data.ts';
import type { CardsContext } from '../../../../src/core/cards/index.ts';
import { WheelhouseError } from '../../../../src/core/base/errors.ts';
import type { LanguageModel } from '../../../../src/core/models/index.ts';

export interface Stage {
  /** Another window of the same user. */
  readonly window: () => CardsContext;
}

/** Is cleared away after the tests of the file. */
export async function stage(): Promise<Stage> {
  const root = await mkdtemp(join(tmpdir(), 'wh-cards-'));
  const closing: (() => Promise<void>)[] = [];
  after(async () => {
    for (const close of closing.reverse()) await close();
    await rm(root, { recursive: true, force: true });
  });
  return {
    window: () => {
      const user = openUserData({ env: { HOME: root, WHEELHOUSE_DATA: join(root, 'data') }, actor: 'user' });
      closing.push(() => user.dispose());
      return openCards(user, { algorithm: 'fsrs' });
    },
  };
}

/** A model that says these pieces, one each time that `next` is called, and then ends; a stop ends it at once. */
export function scripted(pieces: readonly string[]): LanguageModel & { readonly next: () => void; readonly asked: string[] } {
  const asked: string[] = [];
  let release: () => void = () => undefined;
  return {
    name: 'Scripted',
    asked,
    next: () => release(),
    ask: async ({ material, signal, onText }) => {
      asked.push(material);
      for (const piece of pieces) {
        await new Promise<void>((resolve, reject) => {
          release = resolve;
          signal?.addEventListener('abort', () => reject(new WheelhouseError('cancelled', 'Scripted was stopped.')));
        });
        onText?.(piece);
      }
      return { text: pieces.join(''), model: 'scripted-1' };
    },
  };
}
