/** The parts of the page, from the figures. */
import type { Foretold, LearnStats } from '../../src/protocol/learnStats.ts';
import { h, type Child } from '../shared/dom.ts';
import { spent } from '../shared/time.ts';
import { algorithmNames, betterAlgorithm, counted, dayName, headlines, intervalName, percent, verdict } from './figures.ts';
import { bar, calendar, forecast } from './pictures.ts';

export interface SectionActions {
  readonly openCard: (id: string) => void;
  readonly openDeck: (deck: string) => void;
  readonly setAlgorithm: () => void;
}

const section = (title: string, ...children: readonly Child[]) => h('section', {}, h('h2', {}, title), ...children);

export function sections(stats: LearnStats, actions: SectionActions): readonly HTMLElement[] {
  return [
    h('dl', { class: 'headlines' }, ...headlines(stats).map(({ value, label }) => h('div', {}, h('dt', {}, label), h('dd', {}, value)))),
    cardCounts(stats),
    section('Day by day', calendar(stats), recentDays(stats)),
    section('What is coming', h('p', { class: 'quiet' }, 'Cards that fall due, if nothing new is learned.'), forecast(stats)),
    remembered(stats),
    ...(stats.deck === undefined && stats.byDeck.length > 1 ? [decks(stats, actions)] : []),
    hardest(stats, actions),
  ];
}

function cardCounts({ cards }: LearnStats): HTMLElement {
  const parts = [
    [cards.new, 'new'],
    [cards.learning, 'being learned'],
    [cards.young, 'young'],
    [cards.mature, 'mature'],
    [cards.suspended, 'suspended'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, name]) => `${count.toLocaleString('en')} ${name}`);
  return h('p', { class: 'quiet', title: 'Mature: the card comes again after 21 days or more.' }, `${counted(cards.total, 'card')}${words.length > 0 ? `: ${words.join(', ')}` : ''}.`);
}

const recent = 30;

function recentDays({ days }: LearnStats): HTMLElement {
  const rows = days.slice(-recent).reverse();
  return h('details', {}, h('summary', {}, 'As a table'), table(['Day', 'Answers', 'Right', 'Time'], rows.map((day) => [dayName(day.date), day.reviews, percent(day.right / Math.max(1, day.reviews)), spent(day.tookMs)])));
}

function remembered({ intervals }: LearnStats): HTMLElement {
  const known = intervals.filter(({ reviews }) => reviews > 0);
  return section(
    'How much you remember',
    h('p', { class: 'quiet' }, known.length === 0 ? 'Once cards come again, this shows how many you still know after days, weeks and months.' : 'Right answers when a card comes again, by how long it had been away.'),
    known.length > 0 && h('ul', { class: 'bars' }, ...known.map(({ from, to, reviews, retention }) => h('li', {}, h('span', { class: 'name' }, intervalName(from, to)), bar(retention ?? 0), h('span', { class: 'figure' }, percent(retention)), h('span', { class: 'quiet figure' }, counted(reviews, 'answer'))))),
  );
}

function decks({ byDeck }: LearnStats, { openDeck }: SectionActions): HTMLElement {
  return section('Decks', table(['Deck', 'Cards', 'Due', 'Answers', 'Remembered'], byDeck.map(({ deck, cards, due, reviews, retention }) => [h('button', { type: 'button', class: 'link', onclick: () => openDeck(deck) }, deck === '' ? 'No deck' : deck), cards, due, reviews, percent(retention)])));
}

function hardest({ hardest: cards }: LearnStats, { openCard }: SectionActions): HTMLElement {
  const question = (text: string) => text.replace(/\s+/g, ' ').slice(0, 140);
  return section(
    'Hardest cards',
    cards.length === 0
      ? h('p', { class: 'quiet' }, 'Nothing was forgotten.')
      : table(['Question', 'Forgotten', 'Answers'], cards.map((card) => [h('button', { type: 'button', class: 'link', onclick: () => openCard(card.id) }, question(card.question)), card.wrong, card.reviews])),
    cards.length > 0 && h('p', { class: 'quiet' }, 'A card that is forgotten again and again is often too big. Cutting it in two helps more than repeating it.'),
  );
}

/** @param known undefined: it is being reckoned. */
export function foretold(known: Foretold | undefined, { setAlgorithm }: Pick<SectionActions, 'setAlgorithm'>): HTMLElement {
  const said = known && verdict(known);
  const better = known && betterAlgorithm(known);
  const predictions = known?.predictions ?? [];
  const constant = predictions.find(({ by }) => by === 'constant');
  const most = Math.max(0.001, ...predictions.map(({ logLoss }) => logLoss));
  return section(
    'How well the scheduler knows you',
    h('p', { class: 'quiet' }, 'Before each answer, every scheduler can be asked how likely you were to know it. The figure is how surprised it was on average (log loss): less is better.'),
    h('p', {}, known === undefined ? 'Asking the schedulers about all your answers …' : (said ?? 'There are no answers to compare yet.')),
    predictions.length > 0 &&
      h(
        'ul',
        { class: 'bars' },
        ...predictions.map(({ by, logLoss, cards }) =>
          h('li', {}, h('span', { class: 'name' }, algorithmNames[by]), bar(logLoss / most, constant && by !== 'constant' ? constant.logLoss / most : undefined), h('span', { class: 'figure' }, logLoss.toFixed(3)), h('span', { class: 'quiet figure' }, by === 'constant' ? 'the mark to beat' : cards > 0 ? counted(cards, 'card') : 'not in use')),
        ),
      ),
    better !== undefined && h('button', { type: 'button', class: 'secondary', onclick: setAlgorithm }, `Use ${better} …`),
  );
}

function table(head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  return h(
    'div',
    { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': `Table: ${head.join(', ')}` },
    h('table', {}, h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))), h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((content) => h('td', {}, content)))))),
  );
}
