import { WheelhouseError } from '../base/errors.ts';
import { committedBlobs } from '../git/repository.ts';
import type { Anchor } from './anchor/index.ts';
import type { ReviewContext } from './context.ts';
import { anchorTo } from './locate.ts';
import type { Place } from './model.ts';
import { pathForLog, whereabouts } from './whereabouts.ts';

export interface AnchoredPlace {
  /** The path as the log will have it. */
  readonly written: string;
  /** undefined for a file outside the repository: it keeps its line number and nothing more. */
  readonly anchor: Anchor | undefined;
}

/**
 * Looks at a place and takes down what a comment there needs to follow the code.
 * @throws WheelhouseError `not-found` when there is no such text file, `invalid-input` when it has no such lines.
 */
export async function anchorPlace(context: ReviewContext, place: Place): Promise<AnchoredPlace> {
  const text = await context.sources.read(place.path);
  if (text === undefined) throw new WheelhouseError('not-found', `There is no text file ${place.path}.`);
  const lines = text.split('\n').length;
  const { start, end } = place.range;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 1 || end < start || end > lines) {
    throw new WheelhouseError('invalid-input', `${place.path} has lines 1 to ${lines}; ${start === end ? String(start) : `${start}-${end}`} is not among them.`);
  }
  const written = pathForLog(context, place.path);
  const { inRepository } = whereabouts(context, written);
  if (inRepository === undefined) return { written, anchor: undefined };
  const [head, committed] = await Promise.all([context.head(), committedBlobs(context.git, context.repository.root, [inRepository])]);
  const anchor = await anchorTo(context, text, place.range, {
    path: inRepository,
    dirty: committed.get(inRepository) !== context.hasher.gitBlob(text),
    ...(head.commit && { commit: head.commit }),
    ...(head.branch && { branch: head.branch }),
    ...(place.columns && { columns: place.columns }),
  });
  return { written, anchor };
}

/** Where a place is, as the log wants it. */
export function targetOf(written: string, { start, end }: Place['range']): { path: string; line: number; endLine?: number } {
  return { path: written, line: start, ...(end > start && { endLine: end }) };
}
