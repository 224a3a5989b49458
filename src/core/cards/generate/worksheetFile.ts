/** Worksheets as files: a name, a header that says what it is, and a list of those that are there. */
import { WheelhouseError } from '../../base/errors.ts';
import { excerpt, firstCharacters } from '../../models/index.ts';
import type { Files } from '../../ports/files.ts';
import type { Paths } from '../../ports/paths.ts';
import { commentLine, runHint, worksheetLanguage, type WorksheetLanguage } from './languages.ts';
import type { Worksheet } from './worksheet.ts';

export interface WorksheetShelf {
  readonly files: Files;
  readonly paths: Paths;
  /** Absolute. */
  readonly folder: string;
}

export interface SavedWorksheet {
  /** Absolute. */
  readonly path: string;
  readonly concept: string;
  readonly language: WorksheetLanguage | undefined;
  /** The day it was made, `2026-02-03`; empty when its header does not say. */
  readonly date: string;
  readonly from: string | undefined;
  /** The command that runs it from its folder. */
  readonly run: string | undefined;
}

/**
 * Saves a worksheet under a new name; a file that is there is never overwritten.
 * @param date The user's day, `2026-02-03`.
 * @throws WheelhouseError `unwritable`.
 */
export async function saveWorksheet({ files, paths, folder }: WorksheetShelf, sheet: Worksheet, date: string): Promise<SavedWorksheet> {
  const { language, concept, from } = sheet;
  const base = fileNameFor(concept);
  for (let number = 1; number <= 1000; number++) {
    const name = `${number === 1 ? base : `${base}-${number}`}.${language.extension}`;
    const path = paths.join(folder, name);
    if ((await files.replaceText(path, { expected: undefined, text: withHeader(sheet, name, date) })) === 'written') {
      return { path, concept, language, date, from, run: runHint(language, name) };
    }
  }
  throw new WheelhouseError('unwritable', `There are a thousand worksheets named ${base} in ${folder}. Choose another concept or another folder.`);
}

/** The worksheets of a folder, newest first. Other files in it are left out, unless they are code that somebody put there. */
export async function listWorksheets({ files, paths, folder }: WorksheetShelf): Promise<SavedWorksheet[]> {
  const found: SavedWorksheet[] = [];
  for (const name of await files.list(folder)) {
    const language = worksheetLanguage(/\.([^.]+)$/.exec(name)?.[1] ?? '');
    if (language === undefined || name.startsWith('.')) continue;
    const path = paths.join(folder, name);
    const text = await files.readText(path).catch(() => undefined);
    if (text === undefined) continue;
    const header = readHeader(language, text);
    found.push({
      path,
      concept: header.get('Worksheet') ?? name.replace(/\.[^.]+$/, ''),
      language,
      date: /^\d{4}-\d\d-\d\d/.exec(header.get('Made') ?? '')?.[0] ?? '',
      from: header.get('From'),
      run: runHint(language, name),
    });
  }
  const key = ({ date }: SavedWorksheet): string => date;
  return found.sort((a, b) => (key(a) === key(b) ? compare(a.path, b.path) : compare(key(b), key(a))));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function withHeader({ language, concept, code, from, by }: Worksheet, fileName: string, date: string): string {
  const run = runHint(language, fileName);
  const header = [`Worksheet: ${concept}`, `Made: ${date} by ${excerpt(by, 80)}`, ...(from === undefined ? [] : [`From: ${from}`]), ...(run === undefined ? [] : [`Run: ${run}`])].map((line) =>
    commentLine(language, excerpt(line, 240)),
  );
  // What has to be a file's very first line stays there.
  const [, first = '', rest = code] = /^((?:#!|<\?xml|<!doctype|<\?php)[^\n]*\n)([\s\S]*)$/i.exec(code) ?? [];
  return `${first}${header.join('\n')}\n\n${rest}`;
}

/** `Name: value` of the comments that a file begins with. */
function readHeader(language: WorksheetLanguage, text: string): Map<string, string> {
  const [open, close = ''] = language.comment;
  const values = new Map<string, string>();
  for (const line of text.slice(0, 4_000).split('\n').slice(0, 8)) {
    if (!line.startsWith(open)) continue;
    const content = line.slice(open.length).trim();
    const [, name = '', value = ''] = /^(\w+):\s*(.*)$/.exec(close !== '' && content.endsWith(close) ? content.slice(0, -close.length).trim() : content) ?? [];
    if (name !== '' && !values.has(name)) values.set(name, value);
  }
  return values;
}

/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A file name, without extension, that every system takes and no shell reads anything into. */
export function fileNameFor(concept: string): string {
  const name = firstCharacters(concept.normalize('NFKC').toLowerCase().replace(/c\+\+/g, 'cpp').replace(/c#/g, 'csharp').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-'), 60).replace(/^-+|-+$/g, '').normalize('NFC');
  if (name === '') return 'worksheet';
  return reserved.test(name) ? `${name}-worksheet` : name;
}
