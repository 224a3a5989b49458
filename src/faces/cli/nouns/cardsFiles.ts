/** Cards from files and standard input, and into files. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { unreadable } from '../../../adapters/node/file-errors.ts';
import { exportCardFile, importCardFile } from '../../../adapters/node/cards/files.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain } from '../../../core/base/plain.ts';
import { cardFormats, type CardFormat, type CardsContext, type CreateOptions } from '../../../core/cards/index.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { oneOf, text, type Answer, type Input } from '../verb.ts';

/** A format as the command line names it; an Anki package goes by two names. */
export function formatOf(input: Input): CardFormat | undefined {
  const format = oneOf('format', input.options['format'], [...cardFormats, 'apkg', 'md'] as const);
  return format === 'apkg' ? 'anki' : format === 'md' ? 'markdown' : format;
}

export async function importFrom(input: Input, user: UserData, cards: CardsContext, source: { readonly name: string; readonly bytes: Uint8Array; readonly format: CardFormat | undefined }, options: CreateOptions): Promise<Answer> {
  const project = text(input.options['project']);
  const done = await importCardFile(user, cards, source, { ...options, ...(project !== undefined && { project }), merge: input.options['merge'] === true });
  const { added, updated, left, problems, cut, ids, media } = done;
  if (added + updated + left === 0) {
    const why = problems[0] ? `${problems[0].at}: ${problems[0].message}` : cut > 0 ? 'it is cut off.' : 'none was found in it. A card in JSON is {"question": …, "answer": …}.';
    const details = problems.map(({ at, message }) => `${at}: ${message}`).join('\n');
    throw new WheelhouseError('invalid-input', `${source.name === '' ? 'Standard input' : basename(source.name)} has no card that can be taken: ${why}`, details === '' ? {} : { details });
  }
  const lines = [
    `${added} ${added === 1 ? 'card' : 'cards'} added${updated > 0 ? `, ${updated} updated` : ''}${left > 0 ? `, ${left} ${left === 1 ? 'was' : 'were'} there already` : ''}.`,
    ...(media > 0 ? [`${media} media ${media === 1 ? 'file' : 'files'} kept.`] : []),
    ...(cut > 0 ? [`${cut} ${cut === 1 ? 'card was' : 'cards were'} cut off and left out.`] : []),
    ...problems.slice(0, 20).map(({ at, message }) => `${at}: ${message}`),
    ...(problems.length > 20 ? [`… and ${problems.length - 20} more.`] : []),
  ];
  return { json: { created: added, added, updated, skipped: left, cut, media, ids, problems }, text: plain(lines.join('\n')) };
}

export async function bulkCreate(input: Input, user: UserData, cards: CardsContext, options: CreateOptions): Promise<Answer> {
  const file = text(input.options['file']) ?? input.args[0];
  if (file !== undefined && file !== '-') return importFrom(input, user, cards, { ...(await read(file)), format: undefined }, options);
  if (process.stdin.isTTY) throw new WheelhouseError('usage', 'bulk-create reads cards as JSON from standard input, or from --file.');
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return importFrom(input, user, cards, { name: '', bytes: Buffer.concat(parts), format: 'json' }, options);
}

export async function importFile(input: Input, user: UserData, cards: CardsContext, options: CreateOptions): Promise<Answer> {
  return importFrom(input, user, cards, { ...(await read(input.args[0] ?? '')), format: formatOf(input) }, options);
}

async function read(file: string): Promise<{ name: string; bytes: Uint8Array }> {
  const name = resolve(file);
  try {
    return { name, bytes: await readFile(name) };
  } catch (error) {
    throw unreadable(name, error);
  }
}

export async function exportTo(input: Input, user: UserData, cards: CardsContext): Promise<Answer> {
  const output = text(input.options['output']) ?? input.args[0];
  const format = formatOf(input) ?? 'json';
  const project = text(input.options['project']);
  if (format === 'anki' && output === undefined) throw new WheelhouseError('usage', 'An Anki package is a binary file: say where with --output FILE.apkg.');
  const { content, count } = await exportCardFile(user, cards, format, project === undefined ? {} : { project });
  if (output === undefined) return { json: format === 'json' ? JSON.parse(String(content)) : { format, count, content }, text: String(content) };
  const path = resolve(output);
  if (typeof content === 'string') await nodeFiles.writeText(path, content);
  else await nodeFiles.writeBytes(path, content);
  return { json: { format, count, file: path }, text: `${count} ${count === 1 ? 'card' : 'cards'} written to ${plain(path)}` };
}
