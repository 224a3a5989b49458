/** Which cards are chosen, and what can be done with them. */
import type { ApprovalView, ProposedCard } from '../../src/protocol/approval.ts';

/** What the user chose otherwise than it was proposed, by key. */
export type Choices = ReadonlyMap<number, boolean>;

/** A card that resembles one that is there is not proposed. */
export function isChosen({ key, state, duplicate }: ProposedCard, choices: Choices): boolean {
  return state === 'open' && (choices.get(key) ?? duplicate === undefined);
}

export function chosenKeys({ cards }: ApprovalView, choices: Choices): readonly number[] {
  return cards.filter((card) => isChosen(card, choices)).map(({ key }) => key);
}

export function openKeys({ cards }: ApprovalView): readonly number[] {
  return cards.filter(({ state }) => state === 'open').map(({ key }) => key);
}

/** Where the focus goes when a card is done with: the next open one, else the last open one before it. */
export function nextOpen({ cards }: ApprovalView, key: number): number | undefined {
  const open = cards.filter((card) => card.state === 'open');
  return (open.find((card) => card.key > key) ?? open.findLast((card) => card.key < key))?.key;
}

const count = (number: number) => `${number} card${number === 1 ? '' : 's'}`;

/** How far it is, as one line. */
export function statusText({ phase, model, cards, note }: ApprovalView): string {
  const kept = cards.filter(({ state }) => state === 'kept').length;
  const done = kept > 0 ? ` ${count(kept)} kept.` : '';
  switch (phase) {
    case 'asking':
      return cards.length === 0 ? `Asking ${model} …` : `${model} is writing, ${count(cards.length)} so far …${done}`;
    case 'stopped':
      return `Stopped after ${count(cards.length)}.${done}`;
    case 'failed':
      return `${note}${done}`;
    case 'done':
      return `${cards.length === 0 ? `${model} found nothing worth a card.` : `${count(cards.length)} by ${model}.`}${note === '' ? '' : ` ${note}`}${done}`;
  }
}
