/** Cards in and out as text. Anki's packages need a database and a ZIP: `adapters/node/cards/anki.ts`. */
import { importCsv, exportCsv } from './csv.ts';
import { importJson, exportJson } from './json.ts';
import { importMarkdown, exportMarkdown } from './markdown.ts';
import { importOrg, exportOrg } from './org.ts';
import type { ExchangeCard, ImportResult, TextFormat } from './model.ts';

export * from './model.ts';
export { detectFormat } from './detect.ts';
export { htmlToMarkdown } from './htmlToMarkdown.ts';
export { markdownToHtml } from './markdownToHtml.ts';
export { ankiReader, type AnkiCardRow, type AnkiNoteRow } from './ankiRead.ts';
export { ankiNotesOf, type AnkiCardOut, type AnkiExport, type AnkiNoteOut } from './ankiWrite.ts';
export { wheelhouseNoteTypes } from './ankiFields.ts';
export { mediaNamesOf, withMediaRenamed } from './media.ts';
export { MAX_TEXT } from './records.ts';

const readers: Readonly<Record<TextFormat, (text: string) => ImportResult>> = { json: importJson, csv: importCsv, org: importOrg, markdown: importMarkdown };
const writers: Readonly<Record<TextFormat, (cards: readonly ExchangeCard[]) => string>> = {
  json: exportJson,
  csv: exportCsv,
  org: (cards) => exportOrg(notesOf(cards)),
  markdown: (cards) => exportMarkdown(notesOf(cards)),
};

/** Of the cards of one note, the first, under the note's id: there, a note is written once. */
function notesOf(cards: readonly ExchangeCard[]): ExchangeCard[] {
  const seen = new Set<string>();
  return cards.flatMap((card) => {
    if (card.note === undefined) return [card];
    if (seen.has(card.note.id)) return [];
    seen.add(card.note.id);
    return [{ ...card, id: card.note.id }];
  });
}

/** The cards of a text and what is wrong with it. Never throws, never evaluates anything. */
export function importText(text: string, format: TextFormat): ImportResult {
  return readers[format](text.replaceAll('\0', '\uFFFD'));
}

export function exportText(cards: readonly ExchangeCard[], format: TextFormat): string {
  return writers[format](cards);
}
