/** What the tools for cards take and give. */
import * as z from 'zod';
import { openCardsAsSet } from '../../../adapters/node/cards/cards.ts';
import { algorithms, cardKinds, toJson, type Card, type CardsContext } from '../../../core/cards/index.ts';
import type { ToolCall } from '../tool.ts';

/** Cards that agents make are scheduled by SM-2, as they always were, unless the deck or the user says otherwise. */
export async function open(call: ToolCall): Promise<CardsContext> {
  return openCardsAsSet(await call.user(), { algorithm: 'sm2' });
}

export const id = z.string().min(1).describe('The id of a card, such as card-20250126-143022.');
export const project = z.string().optional().describe('The project (deck).');
export const tags = z.union([z.string(), z.array(z.string())]).optional().describe('Tags, separated by commas, or as a list.');
export const confidence = z.int().describe('1 forgotten, 2 wrong, 3 right with effort, 4 good, 5 perfect. Below 3 the card comes again at once.');
export const algorithm = z.enum(algorithms);
export const kind = z.enum(cardKinds);

/** More fields may come, so clients must not reject them. */
export const card = z.looseObject({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  project: z.string(),
  tags: z.array(z.string()),
  notes: z.string(),
  algorithm,
  due: z.string().describe('ISO 8601.'),
  interval: z.number().describe('Days.'),
  ease: z.number(),
  reps: z.int().describe('Times answered.'),
  lapses: z.int().describe('Times forgotten after it was known.'),
  box: z.int(),
  suspended: z.boolean(),
  state: z.string().describe('new, learning, review or relearning.'),
  kind,
  front: z.string().describe('What is asked.'),
  back: z.string().describe('What is to be said.'),
});

export const cardOut = (one: Card): z.input<typeof card> => ({ ...toJson(one) }) as z.input<typeof card>;

/** `a,b` or a list, as a list. */
export function tagList(given: string | readonly string[] | undefined): { tags?: string[] } {
  if (given === undefined) return {};
  return { tags: (typeof given === 'string' ? given.split(',') : [...given]).map((tag) => tag.trim()).filter((tag) => tag !== '') };
}

/** Only what was given. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

export const writes = { readOnlyHint: false, destructiveHint: false, idempotentHint: false } as const;
export const overwrites = { readOnlyHint: false, destructiveHint: true, idempotentHint: true } as const;
