/** How well each algorithm would have predicted what the user remembered. */
import type { CardsContext } from '../context.ts';
import type { Algorithm, Confidence } from '../model.ts';
import type { CardsStore } from '../store.ts';
import { rememberedDays } from '../days.ts';
import type { DeckSettings } from '../settings.ts';
import { Judge, type Answers, type Surprise } from './judge.ts';

export interface Prediction extends Surprise {
  /** Cards that this algorithm schedules now. */
  readonly cards: number;
}

/**
 * Best first; empty without anything to predict. Every answer that is kept counts, whichever algorithm
 * asked for it. With many answers it takes seconds, and gives way to others all the time.
 */
export async function predictions(context: CardsContext, { project }: { readonly project?: string } = {}): Promise<Prediction[]> {
  const store = await context.store();
  await store.refresh();
  const settings = rememberedSettings(store);
  const judge = new Judge();
  for await (const { project: deck, answers } of histories(context, store, project)) judge.add({ settings: (algorithm) => settings(deck, algorithm), days: answers });
  const using = new Map(store.db.all('SELECT algorithm, count(*) AS n FROM cards_card WHERE active = 1 AND (?1 IS NULL OR project = ?1) GROUP BY algorithm', [project ?? null]).map((row) => [String(row['algorithm']), Number(row['n'])]));
  return judge.verdict().map((surprise) => ({ ...surprise, cards: using.get(surprise.by) ?? 0 }));
}

/** So many answers are read and judged before others get their turn; some ten milliseconds. */
const slice = 1_000;

interface History {
  readonly project: string;
  readonly answers: Answers['days'];
}

/** The first answers of each day, card by card. */
async function* histories({ days, pause }: CardsContext, store: CardsStore, project: string | undefined): AsyncGenerator<History> {
  const dayOf = rememberedDays((at) => days.dayOf(at));
  const first = store.db.all('SELECT min(key) - 1 AS key FROM cards_card')[0]?.['key'];
  let [card, position] = [Number(first ?? 0), 0];
  let of: { card: number; project: string; answers: { at: number; confidence: Confidence }[] } | undefined;
  const taken = (): History[] => {
    if (!of) return [];
    const firsts: { day: number; confidence: Confidence }[] = [];
    for (const { at, confidence } of of.answers.sort((a, b) => a.at - b.at)) {
      const day = dayOf(at);
      if (day > (firsts.at(-1)?.day ?? -Infinity)) firsts.push({ day, confidence });
    }
    return [{ project: of.project, answers: firsts }];
  };
  for (;;) {
    // In the order of the index, so that each slice goes on where the one before ended.
    const rows = store.db.all(
      `SELECT r.card, r.position, c.project, r.at, r.confidence FROM cards_review r JOIN cards_card c ON c.key = r.card
      WHERE (r.card, r.position) > (?2, ?3) AND r.undone = 0 AND r.counted = 1 AND (?1 IS NULL OR c.project = ?1) ORDER BY r.card, r.position LIMIT ${slice}`,
      [project ?? null, card, position],
    );
    for (const row of rows) {
      [card, position] = [Number(row['card']), Number(row['position'])];
      if (of?.card !== card) {
        yield* taken();
        of = { card, project: String(row['project']), answers: [] };
      }
      of.answers.push({ at: Number(row['at']), confidence: Number(row['confidence']) as Confidence });
    }
    await pause();
    if (rows.length < slice) break;
  }
  yield* taken();
}

function rememberedSettings(store: CardsStore): (deck: string, algorithm: Algorithm) => DeckSettings {
  const known = new Map<string, DeckSettings>();
  return (deck, algorithm) => {
    const key = `${algorithm} ${deck}`;
    const found = known.get(key) ?? store.settings(deck, algorithm);
    known.set(key, found);
    return found;
  };
}
