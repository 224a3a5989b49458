import type { CardsContext } from '../context.ts';
import { toTuple } from '../events.ts';
import { operationId } from '../ids.ts';
import type { Algorithm } from '../model.ts';
import { convert } from '../schedule/convert.ts';
import { learnAheadMs } from '../schedule/schedule.ts';
import { checkSettings, settingsOf, type DeckSettings } from '../settings.ts';
import type { CardsStore } from '../store.ts';
import { setCards } from './change.ts';

export interface Deck {
  /** Empty: cards without a project. */
  readonly project: string;
  readonly total: number;
  /** Cards that were known and are due now. */
  readonly due: number;
  /** New cards that today's limit still lets through, and all new ones. */
  readonly new: number;
  readonly newTotal: number;
  /** Cards within their (re)learning, asked again within minutes. */
  readonly learning: number;
  readonly suspended: number;
  /** When the next card that is not due yet will be; undefined when none will. */
  readonly nextDue: number | undefined;
}

/** The decks with their counts, by name. */
export async function decks(context: CardsContext): Promise<Deck[]> {
  const store = await context.store();
  await store.refresh();
  const now = context.clock.now();
  const started = newToday(context, store);
  return store.db
    .all(
      `SELECT project, count(*) AS total, sum(suspended) AS suspended, sum(suspended = 0 AND state = 'new') AS new,
        sum(suspended = 0 AND state = 'review' AND due <= CAST(?1 AS INTEGER)) AS due, sum(suspended = 0 AND state IN ('learning', 'relearning')) AS learning,
        min(CASE WHEN suspended = 0 AND state <> 'new' AND due > CAST(?1 AS INTEGER) THEN due END) AS next
      FROM cards_card WHERE active = 1 GROUP BY project ORDER BY project`,
      [now],
    )
    .map((row) => {
      const project = String(row['project']);
      const newTotal = Number(row['new']);
      const room = Math.max(0, store.settings(project, context.defaultAlgorithm).newPerDay - (started.get(project) ?? 0));
      return {
        project,
        total: Number(row['total']),
        due: Number(row['due']),
        new: Math.min(newTotal, room),
        newTotal,
        learning: Number(row['learning']),
        suspended: Number(row['suspended']),
        nextDue: row['next'] === null || row['next'] === undefined ? undefined : Number(row['next']),
      };
    });
}

/** New cards first answered today, by deck. */
export function newToday(context: CardsContext, store: CardsStore): ReadonlyMap<string, number> {
  const today = context.days.startOf(context.days.dayOf(context.clock.now()));
  const rows = store.db.all("SELECT c.project, count(*) AS n FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE r.at >= CAST(? AS INTEGER) AND r.state = 'new' AND r.counted = 1 AND r.undone = 0 GROUP BY c.project", [today]);
  return new Map(rows.map((row) => [String(row['project']), Number(row['n'])]));
}

/** Cards that want an answer now, new ones not counted. */
export async function dueCount(context: CardsContext): Promise<number> {
  const store = await context.store();
  await store.refresh();
  const now = context.clock.now();
  return Number(store.db.all("SELECT count(*) AS n FROM cards_card WHERE active = 1 AND suspended = 0 AND (state = 'review' AND due <= CAST(?1 AS INTEGER) OR state IN ('learning', 'relearning') AND due <= CAST(?2 AS INTEGER))", [now, now + learnAheadMs])[0]?.['n'] ?? 0);
}

/** The settings in force for a deck; without one, for cards without a deck of their own. */
export async function settingsFor(context: CardsContext, project?: string): Promise<DeckSettings> {
  const store = await context.store();
  await store.refresh();
  return settingsOf(context.defaultAlgorithm, store.ownSettings(null), project === undefined ? {} : store.ownSettings(project));
}

/**
 * Changes the settings of a deck, or those of all decks that have none of their own. Cards keep their
 * algorithm: `setAlgorithm` converts them too. @throws WheelhouseError `usage` for a value out of range.
 */
export async function configure(context: CardsContext, project: string | undefined, change: Partial<DeckSettings>): Promise<DeckSettings> {
  await writeSettings(await context.store(), project, change, operationId(context));
  return settingsFor(context, project);
}

async function writeSettings(store: CardsStore, project: string | undefined, change: Partial<DeckSettings>, operation: string): Promise<void> {
  checkSettings(change);
  await store.refresh();
  const before = store.ownSettings(project ?? null);
  const after = { ...before, ...change };
  if (after.algorithm === 'leitner' && change.intervals !== undefined && change.intervals.length > 0) {
    // A list of intervals says how many boxes there are.
    const boxes = { boxes: change.intervals.length };
    checkSettings(boxes);
    Object.assign(after, boxes);
  }
  await store.append([{ type: 'cards.configured', operation, project: project ?? null, before, after }]);
}

/**
 * Switches a deck (or everything that has no algorithm of its own deck) to another algorithm: for new
 * cards, and for those that are there. Due dates and history stay; what the new algorithm knows of a
 * card is worked out from its answers. @returns How many cards were converted.
 */
export async function setAlgorithm(context: CardsContext, algorithm: Algorithm, project?: string, change: Partial<DeckSettings> = {}): Promise<number> {
  const store = await context.store();
  const operation = operationId(context);
  await writeSettings(store, project, { ...change, algorithm }, operation);
  const cards = store.cards('AND c.algorithm <> ?1 AND (?2 IS NULL OR c.project = ?2)', [algorithm, project ?? null]).filter((card) => project !== undefined || (store.ownSettings(card.project).algorithm ?? algorithm) === algorithm);
  const changes = cards.map((card) => {
    const after = convert(card.schedule, algorithm, store.answers(card.id), context.days, store.settings(card.project, algorithm));
    return { card: card.id, before: { schedule: toTuple(card.schedule) }, after: { schedule: toTuple(after) } };
  });
  await setCards(store, 'algorithm', operation, changes);
  return changes.length;
}
