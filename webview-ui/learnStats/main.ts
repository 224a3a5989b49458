import type { Foretold, LearnStats, LearnStatsProtocol } from '../../src/protocol/learnStats.ts';
import { connectToExtension } from '../protocol/extension.ts';
import { h } from '../shared/dom.ts';
import '../shared/page.css';
import '../shared/report.css';
import './learnStats.css';
import { foretold, sections } from './sections.ts';

const link = connectToExtension<LearnStatsProtocol>({ changed: () => void load() });
const main = document.getElementById('root');
if (!main) throw new Error('the page has no root');

const decks = h('select', { 'aria-label': 'Deck', onchange: () => choose(decks.value) });
const problem = h('p', { class: 'error', role: 'alert' });
const content = h('div', { class: 'content' });
const quiz = h('button', { type: 'button', class: 'primary', onclick: () => void attempt(() => link.call('quiz', { deck })) }, 'Quiz');
main.append(h('header', {}, h('h1', {}, 'Learning'), decks, quiz), problem, content);

let deck = (link.state.get() as { readonly deck?: string } | undefined)?.deck;

function choose(name: string): void {
  deck = name === '*' ? undefined : name.slice(1);
  link.state.set({ deck });
  void load();
}

function show(stats: LearnStats): void {
  deck = stats.deck;
  // The value of "all" is none that a deck can have.
  decks.replaceChildren(h('option', { value: '*' }, 'All decks'), ...stats.decks.map((name) => h('option', { value: `-${name}` }, name === '' ? 'No deck' : name)));
  decks.value = deck === undefined ? '*' : `-${deck}`;
  quiz.hidden = stats.cards.due + stats.cards.new + stats.cards.learning === 0;
  if (stats.cards.total === 0) {
    content.replaceChildren(h('p', { class: 'empty' }, 'There are no cards yet. Select code, and create a card from it: after the first answers, this page shows what stays.'));
    return;
  }
  const { scrollY } = window;
  if (known?.deck !== deck) known = undefined;
  schedulers = foretold(known?.foretold, actions);
  content.replaceChildren(...sections(stats, actions), schedulers);
  window.scrollTo(0, scrollY);
  if (known === undefined || Date.now() - known.at > freshMs) void attempt(() => judge(deck));
}

const actions = { openCard: (id: string) => void attempt(() => link.call('openCard', { id })), openDeck: (name: string) => choose(`-${name}`), setAlgorithm: () => void attempt(() => link.call('setAlgorithm', { deck })) };

/** One more answer changes next to nothing here, and asking is dear. */
const freshMs = 60_000;
let known: { readonly deck: string | undefined; readonly at: number; readonly foretold: Foretold } | undefined;
let judging: { readonly deck: string | undefined } | undefined;
let schedulers: HTMLElement | undefined;

/** The figures are there already; this comes to them when it is ready. */
async function judge(of: string | undefined): Promise<void> {
  if (judging && judging.deck === of) return;
  const mine = (judging = { deck: of });
  try {
    const answer = await link.call('foretold', { deck: of });
    if (judging !== mine) return;
    known = { deck: of, at: Date.now(), foretold: answer };
    const fresh = foretold(answer, actions);
    schedulers?.replaceWith(fresh);
    schedulers = fresh;
  } finally {
    if (judging === mine) judging = undefined;
  }
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    problem.textContent = '';
    await work();
  } catch (error) {
    problem.textContent = error instanceof Error ? error.message : String(error);
  }
}

const load = () => attempt(async () => show(await link.call('stats', { deck })));
void attempt(async () => show(deck === undefined ? await link.call('ready', undefined) : await link.call('stats', { deck })));
