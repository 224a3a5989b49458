/** The parts of a card as the fields of our own note types. */
import type { CardKind, CardSource } from '../model.ts';
import { markdownToHtml } from './markdownToHtml.ts';
import type { AnkiNoteType, ExchangeCard } from './model.ts';

const css = '.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 45em; margin: 0 auto; }\npre { overflow-x: auto; padding: 0.6em; border: 1px solid #8888; border-radius: 4px; }\n.notes { opacity: 0.8; font-size: 0.9em; }\n';
const notes = '{{#Notes}}<hr><div class="notes">{{Notes}}</div>{{/Notes}}';
const answerOf = (field: string) => `{{FrontSide}}<hr id=answer>{{${field}}}${notes}`;

const codeFields = ['Question', 'Answer', 'Notes', 'Code', 'Source'];

/** By what Anki knows our note types; a merge on import goes by these ids, so they never change. */
const types: Readonly<Record<CardKind, AnkiNoteType>> = {
  basic: noteType(1764547200001, 'Wheelhouse Basic', ['Question', 'Answer', 'Notes'], [{ name: 'Card 1', question: '{{Question}}', answer: answerOf('Answer') }]),
  reversed: noteType(1764547200002, 'Wheelhouse Reversed', ['Question', 'Answer', 'Notes'], [
    { name: 'Card 1', question: '{{Question}}', answer: answerOf('Answer') },
    { name: 'Card 2', question: '{{Answer}}', answer: answerOf('Question') },
  ]),
  cloze: { ...noteType(1764547200003, 'Wheelhouse Cloze', ['Text', 'Answer', 'Notes'], [{ name: 'Cloze', question: '{{cloze:Text}}', answer: `{{cloze:Text}}<br>{{Answer}}${notes}` }]), isCloze: true },
  typed: noteType(1764547200004, 'Wheelhouse Typed', ['Question', 'Answer', 'Notes'], [{ name: 'Card 1', question: '{{Question}}<br>{{type:Answer}}', answer: `{{Question}}<hr id=answer>{{type:Answer}}${notes}` }]),
  code: noteType(1764547200005, 'Wheelhouse Code', codeFields, [{ name: 'Card 1', question: '{{Question}}{{Code}}', answer: `${answerOf('Answer')}{{#Source}}<div class="notes">{{Source}}</div>{{/Source}}` }]),
};

function noteType(id: number, name: string, fields: readonly string[], templates: AnkiNoteType['templates']): AnkiNoteType {
  return { id, name, isCloze: false, css, fields, templates, sortField: 0 };
}

export const wheelhouseNoteTypes: readonly AnkiNoteType[] = Object.values(types);
export const noteTypeOf = (kind: CardKind): AnkiNoteType => types[kind];
export const isCodeType = (type: AnkiNoteType): boolean => type.fields.length === codeFields.length && type.fields.every((name, i) => name === codeFields[i]);

/** HTML, in the order of the fields of `noteTypeOf(card.kind)`. */
export function fieldsOf(card: Pick<ExchangeCard, 'question' | 'answer' | 'notes' | 'kind' | 'source'>): string[] {
  const fields = [card.question, card.answer, card.notes ?? ''].map(markdownToHtml);
  return card.kind === 'code' ? [...fields, codeOf(card.source), sourceText(card.source)] : fields;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const codeOf = (source: CardSource | undefined) => (source?.code === undefined ? '' : `<pre><code${source.language !== undefined && /^[\w+#-]+$/.test(source.language) ? ` class="language-${source.language}"` : ''}>${escape(source.code)}</code></pre>`);
/** `file:3-7 @commit`. */
const sourceText = (source: CardSource | undefined) => (source === undefined ? '' : escape(`${source.file}:${source.startLine}-${source.endLine}${source.commit === undefined ? '' : ` @${source.commit}`}`));

/** The source of a code card, from what `fieldsOf` made of it, as text and as Markdown. */
export function sourceOfFields(location: string, code: string): CardSource | undefined {
  const found = /^(.+):(\d{1,9})-(\d{1,9})(?: @(\S+))?$/.exec(location.trim());
  if (found === null) return undefined;
  const block = /^```([\w+#-]*)\n([^]*?)\n?```$/.exec(code);
  return {
    file: found[1] ?? '',
    startLine: Number(found[2]),
    endLine: Number(found[3]),
    ...(found[4] !== undefined && { commit: found[4] }),
    ...(block !== null && block[1] !== '' && { language: block[1] ?? '' }),
    ...(block !== null && { code: block[2] ?? '' }),
  };
}

/** Anki's column: tags without blanks, between blanks. */
export function tagColumn(tags: readonly string[]): string {
  return tags.length === 0 ? '' : ` ${tags.map((tag) => tag.trim().replace(/\s+/g, '_')).join(' ')} `;
}
