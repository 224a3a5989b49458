/** Cards, decks and figures as lines for people. */
import { plain } from '../../../core/base/plain.ts';
import { facesOf, type Card, type CardStats, type Deck, type Prediction } from '../../../core/cards/index.ts';

const firstLine = (text: string) => text.trim().split('\n', 1)[0] ?? '';
const short = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

export function dueText(card: Card, now: number): string {
  if (card.suspended) return 'suspended';
  if (card.schedule.state === 'new') return 'new';
  return timeUntil(card.schedule.due, now);
}

export function timeUntil(at: number, now: number): string {
  const minutes = Math.ceil((at - now) / 60_000);
  if (minutes <= 0) return 'now';
  if (minutes < 60) return `in ${minutes} m`;
  if (minutes < 48 * 60) return `in ${Math.round(minutes / 60)} h`;
  return `in ${Math.round(minutes / 1440)} d`;
}

export function formatCards(cards: readonly Card[], now: number): string {
  const rows = cards.map((card) => [card.id, dueText(card, now), card.schedule.algorithm, card.project === '' ? '-' : short(card.project, 24), short(firstLine(facesOf(card).front), 80)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return plain(rows.map((row) => row.map((cell, column) => (column < 4 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  ')).join('\n'));
}

export function formatCard(card: Card, now: number): string {
  const { schedule, tags, project, notes, source } = card;
  const { front, back } = facesOf(card);
  const { interval, ease, box, reps, lapses } = schedule;
  const knows = { fsrs: `stability ${schedule.stability.toFixed(1)} d, difficulty ${schedule.difficulty.toFixed(1)}`, sm2: `ease ${ease}`, leitner: `box ${box}`, fixed: `step ${box}` }[schedule.algorithm];
  const lines = [
    `${card.id}  ${dueText(card, now)}${project === '' ? '' : `  ${project}`}${tags.map((tag) => ` #${tag}`).join('')}`,
    '',
    `Question: ${front}`,
    `Answer: ${back}`,
    ...(notes === '' ? [] : [`Notes: ${notes}`]),
    ...(source ? [`Source: ${source.file}:${source.startLine}${source.endLine > source.startLine ? `-${source.endLine}` : ''}`] : []),
    '',
    `${schedule.algorithm}: ${knows}, interval ${interval} d, answered ${times(reps)}, forgotten ${times(lapses)}`,
  ];
  return plain(lines.join('\n'));
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

export function formatDecks(decks: readonly Deck[], now: number): string {
  const head = ['due', 'new', 'learning', 'cards', 'next', 'deck'];
  const rows = decks.map((deck) => [String(deck.due), String(deck.new), String(deck.learning), String(deck.total), deck.nextDue === undefined ? '' : timeUntil(deck.nextDue, now), deck.project === '' ? '(no project)' : deck.project]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)));
  return plain([head, ...rows].map((row) => row.map((cell, column) => (column < 4 ? cell.padStart(widths[column] ?? 0) : column === 4 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  ').trimEnd()).join('\n'));
}

const percent = (share: number | null) => (share === null ? '-' : `${Math.round(share * 100)} %`);
const minutes = (ms: number) => (ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`);

export function formatStats(stats: CardStats, predictions: readonly Prediction[], chart: boolean): string {
  const { cards } = stats;
  const lines = [
    `${cards.total} cards: ${cards.due} due, ${cards.new} new, ${cards.learning} learning, ${cards.young} young, ${cards.mature} mature, ${cards.suspended} suspended`,
    `${stats.reviews} answers (${{ today: 'today', week: 'last 7 days', month: 'last 30 days', all: 'in all' }[stats.period]}), ${percent(stats.reviews === 0 ? null : stats.right / stats.reviews)} right, ${minutes(stats.tookMs)}; retention ${percent(stats.retention)}; ${stats.streak} ${stats.streak === 1 ? 'day' : 'days'} in a row`,
  ];
  const section = (title: string, rows: readonly string[]) => (rows.length > 0 ? lines.push('', title, ...rows) : 0);
  section('Decks', stats.decks.map((deck) => `  ${deck.project === '' ? '(no project)' : deck.project}: ${deck.cards} cards, ${deck.due} due, retention ${percent(deck.retention)}`));
  if (chart) {
    section('Answers a day', bars(stats.days.slice(-30).map(({ date, reviews }) => [date, reviews])));
    section('Due', bars(stats.forecast.map(({ date, due }) => [date, due])));
  }
  section('Retention by interval', stats.intervals.filter(({ reviews }) => reviews > 0).map(({ from, to, reviews, retention }) => `  ${to === null ? `${from} d and more` : from === to ? `${from} d` : `${from}-${to} d`}: ${percent(retention)} of ${reviews}`));
  section('Hardest', stats.hardest.map(({ id, question, wrong, reviews }) => `  ${id}  ${wrong} of ${reviews} wrong  ${short(firstLine(question), 60)}`));
  section('How well each algorithm foretold your answers (log loss, less is better)', predictions.map(({ by, logLoss, cards: using }) => `  ${by.padEnd(8)} ${logLoss.toFixed(4)}${using > 0 ? `  schedules ${using} cards` : ''}`));
  return plain(lines.join('\n'));
}

function bars(rows: readonly (readonly [string, number])[]): string[] {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return rows.map(([date, count]) => `  ${date} ${String(count).padStart(5)} ${'█'.repeat(Math.round((count / most) * 40))}`);
}
