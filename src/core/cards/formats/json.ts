/** Cards as JSON: read as leniently as they come, written strictly. */
import type { ExchangeCard, ImportProblem, ImportResult } from './model.ts';
import { readLenientJson } from './lenientJson.ts';
import { cardOfRecord, looksLikeCard, recordOf, tagsOf, valueOf } from './records.ts';

/**
 * Cards from JSON: an array, an object around one (`cards`, `flashcards`, by whatever name, with
 * `project` or `deck` and `tags` for all), objects one after the other, or any of it inside prose.
 * Problems are named by the card's number, from 1, in the order of the text.
 */
export function importJson(text: string): ImportResult {
  const { values, incomplete, cutOff, mistakes } = readLenientJson(text);
  const cards: ExchangeCard[] = [];
  const problems: ImportProblem[] = [];
  let number = 0;
  let cut = 0;

  const take = (element: object, inherited: Inherited): void => {
    number += 1;
    const state = incomplete.get(element);
    if (state === 'cut') cut += 1;
    const card = state === 'damaged' ? 'It is damaged.' : cardOfRecord(recordOf(element), inherited);
    if (state === 'cut') return;
    if (typeof card === 'string') problems.push({ at: `card ${number}`, message: card });
    else cards.push(card);
  };
  const visit = (value: object, inherited: Inherited): void => {
    if (isListOfCards(value)) {
      for (const element of value) {
        if (Array.isArray(element)) visit(element, inherited);
        else if (isObject(element) && isListAround(element)) visit(element, inherited);
        else take(isObject(element) ? element : {}, inherited);
      }
    } else if (!Array.isArray(value) && isCard(value)) {
      take(value, inherited);
    } else {
      const own = { ...inherited, ...(!Array.isArray(value) && inheritedFrom(recordOf(value))) };
      for (const inner of Object.values(value)) if (isObject(inner)) visit(inner, own);
    }
  };
  for (const value of values) visit(value, {});
  if (cutOff) problems.push({ at: 'the end', message: `The text is cut off; ${cut === 1 ? 'one card is incomplete and left out' : cut === 0 ? 'the cards before are complete' : `${cut} cards are incomplete and left out`}.` });
  for (const line of mistakes) problems.push({ at: `line ${line}`, message: 'Here it stops being JSON; reading went on after it.' });
  return { format: 'json', cards, problems, cut, media: [], noteTypes: [] };
}

interface Inherited {
  readonly project?: string;
  readonly tags?: readonly string[];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isListOfCards = (value: unknown): value is unknown[] => Array.isArray(value) && value.some((element) => isObject(element) && !Array.isArray(element) && isCard(element));
/** An object with a list of cards is what stands around them, even when it has a `topic` or a `prompt` of its own. */
const isListAround = (value: object): boolean => Object.values(value).some((inner) => Array.isArray(inner) && inner.some((element) => isObject(element) && !Array.isArray(element) && looksLikeCard(recordOf(element))));
const isCard = (value: object): boolean => looksLikeCard(recordOf(value)) && !isListAround(value);

function inheritedFrom(record: ReadonlyMap<string, unknown>): Inherited {
  const project = valueOf(record, 'project');
  const tags = tagsOf(valueOf(record, 'tags'));
  return { ...(typeof project === 'string' && project.trim() !== '' && { project: project.trim() }), ...(tags.length > 0 && { tags }) };
}

const isoTime = (at: number | undefined) => (at === undefined || !(Math.abs(at) <= 8.64e15) ? null : new Date(at).toISOString());

/** The public shape of a card, then what an import needs to bring it back as it was. */
export function exportedCard(card: ExchangeCard): Record<string, unknown> {
  const schedule = card.schedule;
  return {
    id: card.id ?? null,
    question: card.question,
    answer: card.answer,
    project: card.project ?? '',
    tags: card.tags ?? [],
    notes: card.notes ?? '',
    algorithm: schedule?.algorithm ?? null,
    due: isoTime(schedule?.due),
    interval: schedule?.interval ?? 0,
    ease: schedule?.ease ?? 0,
    reps: schedule?.reps ?? 0,
    lapses: schedule?.lapses ?? 0,
    box: schedule?.box ?? 1,
    suspended: card.suspended ?? false,
    kind: card.kind ?? 'basic',
    state: schedule?.state ?? 'new',
    stability: schedule?.stability ?? 0,
    difficulty: schedule?.difficulty ?? 0,
    lastReview: isoTime(schedule?.lastReview),
    flag: card.flag ?? 0,
    createdAt: isoTime(card.createdAt),
    modifiedAt: isoTime(card.modifiedAt),
    ...(card.note && { note: card.note.id, ordinal: card.note.ordinal }),
    ...(card.source && { source: card.source }),
  };
}

/** An array, one card a line. */
export function exportJson(cards: readonly ExchangeCard[]): string {
  return cards.length === 0 ? '[]\n' : `[\n${cards.map((card) => JSON.stringify(exportedCard(card))).join(',\n')}\n]\n`;
}
