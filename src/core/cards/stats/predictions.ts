/** How well each algorithm would have predicted what the user remembered. */
import type { CardsContext } from '../context.ts';
import { algorithms, type Algorithm, type Confidence } from '../model.ts';
import { rightFrom, type Memory } from '../schedule/model.ts';
import { algorithmOf } from '../schedule/schedule.ts';
import type { DeckSettings } from '../settings.ts';

export interface Prediction {
  /** `constant`: the user's average, said each time; the mark to beat. It knows the outcome, the algorithms do not. */
  readonly by: Algorithm | 'constant';
  /** Mean of -ln of the chance given to what happened; less is better. */
  readonly logLoss: number;
  /** Answers that were predicted. */
  readonly reviews: number;
  /** Cards that this algorithm schedules now. */
  readonly cards: number;
}

export interface Answers {
  readonly settings: (algorithm: Algorithm) => DeckSettings;
  /** The first answer of each day, oldest first. */
  readonly days: readonly { readonly day: number; readonly confidence: Confidence }[];
}

/** Best first; empty without anything to predict. Every answer that is kept counts, whichever algorithm asked for it. */
export async function predictions(context: CardsContext, { project }: { readonly project?: string } = {}): Promise<Prediction[]> {
  const store = await context.store();
  await store.refresh();
  const { days } = context;
  const cards = new Map<number, { project: string; days: { day: number; confidence: Confidence }[] }>();
  for (const row of store.db.all('SELECT r.card, c.project, r.at, r.confidence FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE r.undone = 0 AND r.counted = 1 AND (?1 IS NULL OR c.project = ?1) ORDER BY r.card, r.at, r.position', [project ?? null])) {
    const key = Number(row['card']);
    const card = cards.get(key) ?? { project: String(row['project']), days: [] };
    cards.set(key, card);
    const day = days.dayOf(Number(row['at']));
    if (day > (card.days.at(-1)?.day ?? -Infinity)) card.days.push({ day, confidence: Number(row['confidence']) as Confidence });
  }
  const known = new Map<string, DeckSettings>();
  const settings = (deck: string, algorithm: Algorithm) => {
    const key = `${algorithm} ${deck}`;
    const found = known.get(key) ?? store.settings(deck, algorithm);
    known.set(key, found);
    return found;
  };
  const using = new Map(store.db.all('SELECT algorithm, count(*) AS n FROM cards_card WHERE active = 1 AND (?1 IS NULL OR project = ?1) GROUP BY algorithm', [project ?? null]).map((row) => [String(row['algorithm']), Number(row['n'])]));
  const histories = [...cards.values()].map(({ project: deck, days }): Answers => ({ settings: (algorithm) => settings(deck, algorithm), days }));
  return judge(histories).map((prediction) => ({ ...prediction, cards: using.get(prediction.by) ?? 0 }));
}

/** A chance of 0 or 1 would be punished without end. */
const surest = 0.9999;

/**
 * Log loss of each algorithm and of the constant, best first. The first day of a card is not predicted,
 * for nothing is known of it yet.
 */
export function judge(histories: readonly Answers[]): Omit<Prediction, 'cards'>[] {
  const outcomes = histories.flatMap(({ days }) => days.slice(1).map(({ confidence }) => confidence >= rightFrom));
  if (outcomes.length === 0) return [];
  const share = outcomes.filter(Boolean).length / outcomes.length;
  const constant = outcomes.reduce((sum, right) => sum + surprise(share, right), 0) / outcomes.length;
  const judged = algorithms.map((by) => ({ by, logLoss: histories.reduce((sum, history) => sum + lossOf(by, history), 0) / outcomes.length, reviews: outcomes.length }));
  return [...judged, { by: 'constant' as const, logLoss: constant, reviews: outcomes.length }].sort((a, b) => a.logLoss - b.logLoss);
}

function lossOf(algorithm: Algorithm, { days, settings }: Answers): number {
  const { step, recall } = algorithmOf[algorithm];
  const own = settings(algorithm);
  let loss = 0;
  let memory: Memory | undefined;
  let last = 0;
  for (const { day, confidence } of days) {
    const elapsed = day - last;
    if (memory) loss += surprise(recall(memory, elapsed, own), confidence >= rightFrom);
    memory = step(memory, confidence, memory ? elapsed : 0, own);
    last = day;
  }
  return loss;
}

function surprise(chance: number, right: boolean): number {
  const sure = Math.min(surest, Math.max(1 - surest, chance));
  return -Math.log(right ? sure : 1 - sure);
}
