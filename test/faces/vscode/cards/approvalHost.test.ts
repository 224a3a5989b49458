import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCards, deleteCards, listCards, showCard } from '../../../../src/core/cards/index.ts';
import { WheelhouseError } from '../../../../src/core/base/errors.ts';
import { ApprovalHost, type ApprovalState } from '../../../../src/faces/vscode/cards/approvalHost.ts';
import type { ApprovalView } from '../../../../src/protocol/approval.ts';
import { stage } from './stage.ts';

const { window } = await stage();
const context = window();
let sets = 0;

function approval(change: Partial<ApprovalState> = {}) {
  const deck = `deck ${++sets}`;
  const pushed: ApprovalView[] = [];
  const stored: ApprovalState[] = [];
  const host = new ApprovalHost(
    { id: 'set', subject: 'a file', model: 'Scripted', phase: 'done', note: '', deck, proposals: [], ...change },
    {
      keep: (drafts) => createCards(context, drafts),
      remove: (id) => deleteCards(context, [id]),
      find: (id) => showCard(context, id).catch(() => undefined),
      decks: () => Promise.resolve([deck]),
      labelOf: ({ file }) => file,
      push: (view) => pushed.push(view),
      store: (state) => stored.push(state),
    },
  );
  const kept = async () => (await listCards(context, { project: deck })).map(({ question }) => question);
  return { host, pushed, stored, deck, kept };
}

const cards = ['One?', 'Two?', 'Three?'].map((question) => ({ draft: { question, answer: 'Yes.' }, duplicateOf: undefined }));
const all = (cards_ = cards) => ({ cards: cards_, by: 'scripted-1', costUsd: undefined, problem: undefined });

test('cards come one after the other; nothing is kept until it is said', async () => {
  const { host, pushed, kept } = approval();
  await host.ask(({ onCard }) => {
    for (const card of cards) onCard?.(card);
    return Promise.resolve(all());
  });
  assert.deepEqual(pushed.map(({ phase, cards: shown }) => `${phase} ${shown.length}`), ['asking 1', 'asking 2', 'asking 3', 'done 3']);
  assert.deepEqual(await kept(), []);
  const view = await host.keep([1, 3]);
  assert.deepEqual(view.cards.map(({ state }) => state), ['kept', 'open', 'kept']);
  assert.deepEqual(await kept(), ['One?', 'Three?']);
});

test('kept twice at once is kept once; taken back it is gone; discarded it can be put back', async () => {
  const { host, kept } = approval({ proposals: cards.map(({ draft }, i) => ({ key: i + 1, draft, duplicate: undefined, state: 'open' })) });
  await Promise.all([host.keep([1]), host.keep([1, 2])]);
  assert.deepEqual(await kept(), ['One?', 'Two?']);
  await host.reopen(1);
  assert.deepEqual(await kept(), ['Two?']);
  await host.discard(3);
  await host.keep([3]);
  assert.deepEqual(await kept(), ['Two?']);
  await host.reopen(3);
  await host.keep([3]);
  assert.deepEqual(await kept(), ['Two?', 'Three?']);
});

test('an edit counts, and an empty card is refused without losing the others', async () => {
  const { host, kept } = approval({ proposals: cards.map(({ draft }, i) => ({ key: i + 1, draft, duplicate: undefined, state: 'open' })) });
  await host.edit(1, { question: 'Better?', answer: 'Much.', notes: '', tags: ['t'] });
  await host.edit(2, { question: ' ', answer: 'x', notes: '', tags: [] });
  await assert.rejects(host.keep([1, 2]), { code: 'invalid-input' });
  assert.deepEqual(await kept(), []);
  await host.keep([1]);
  assert.deepEqual(await kept(), ['Better?']);
});

test('a card that resembles a kept one shows it', async () => {
  const [known] = await createCards(context, [{ question: 'Known?', answer: 'Yes.', project: 'old' }]);
  const { host, pushed } = approval();
  await host.ask(({ onCard }) => {
    onCard?.({ draft: { question: 'Known, then?', answer: 'Yes.' }, duplicateOf: known?.id });
    return Promise.resolve(all([]));
  });
  assert.deepEqual(pushed.at(-1)?.cards[0]?.duplicate, { question: 'Known?', answer: 'Yes.', deck: 'old' });
});

test('stopped, what has come is there to choose from', async () => {
  const { host, pushed } = approval();
  const asked = host.ask(async ({ onCard, signal }) => {
    onCard?.(cards[0] as (typeof cards)[number]);
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    return { ...all(), problem: 'Scripted was stopped.' };
  });
  await host.cancel();
  await asked;
  assert.deepEqual([pushed.at(-1)?.phase, pushed.at(-1)?.cards.length, pushed.at(-1)?.note], ['stopped', 1, '']);
});

test('a model that fails says why', async () => {
  const { host, pushed } = approval();
  await host.ask(() => Promise.reject(new WheelhouseError('refused', 'Scripted declined.')));
  assert.deepEqual([pushed.at(-1)?.phase, pushed.at(-1)?.note], ['failed', 'Scripted declined.']);
});

test('a reloaded window goes on with what was put away, and knows that the model is gone', async () => {
  const { host, stored } = approval();
  await host.ask(({ onCard }) => {
    for (const card of cards) onCard?.(card);
    return Promise.resolve(all());
  });
  await host.discard(2);
  const again = approval({ ...stored.at(-1), phase: 'asking' });
  const view = await again.host.view();
  assert.equal(view.phase, 'stopped');
  assert.deepEqual(view.cards.map(({ state }) => state), ['open', 'discarded', 'open']);
});
