import { WheelhouseError } from '../../base/errors.ts';
import { askFor, excerpt, newFence, type Reading } from '../../models/index.ts';
import type { AbortSignalLike } from '../../ports/processes.ts';
import { countLines, worksheetLanguage, worksheetLanguages, type WorksheetLanguage } from './languages.ts';
import type { CodeSubject, GenerateContext, Learner } from './model.ts';
import { annotations, worksheetInstructions } from './worksheetPrompt.ts';

export interface WorksheetRequest extends Learner {
  /** What it is about; may be left out when there is code. */
  readonly concept?: string;
  /** The code at hand. */
  readonly from?: CodeSubject;
  /** The language of the file: an editor's id, a name or an extension. Left out, that of the code. */
  readonly in?: string;
  readonly signal?: AbortSignalLike;
  /** The answer as it grows, for showing that something happens. */
  readonly onText?: (piece: string) => void;
}

/** A worksheet before it is saved. */
export interface Worksheet {
  readonly concept: string;
  readonly language: WorksheetLanguage;
  /** The code, without our header. */
  readonly code: string;
  /** What it was made from, such as `parse.ts, lines 3-40`; undefined for a concept alone. */
  readonly from: string | undefined;
  readonly by: string;
  readonly costUsd: number | undefined;
  /** What is missing in it; it can be used nevertheless. */
  readonly problem: string | undefined;
}

const maxCode = 40_000;
const maxAnswer = 80_000;
const fewestCodeLines = 5;

/**
 * Has one annotated file written. Nothing is saved.
 * @throws WheelhouseError `invalid-input` when there is neither concept nor code, or the language is
 *   none that worksheets know; what the model throws.
 */
export async function generateWorksheet({ model, random }: GenerateContext, request: WorksheetRequest): Promise<Worksheet> {
  const { from } = request;
  const code = from?.code.trim() === '' ? undefined : from;
  const concept = excerpt(request.concept ?? '', 200);
  if (concept === '' && code === undefined) throw new WheelhouseError('invalid-input', 'There is nothing to write a worksheet about. Name a concept, or select some code.');
  const language = languageOf(request.in ?? from?.language ?? '');

  const fence = newFence(random);
  const shown = code?.code.slice(0, maxCode) ?? '';
  const fileName = code?.file.split(/[/\\]/).at(-1) ?? '';
  const material = [
    fence.wrap('the concept', concept === '' ? 'Whatever is worth learning in this code.' : concept),
    ...(code === undefined ? [] : [fence.wrap(fileName, shown)]),
  ];
  const { value, problem, answer } = await askFor(model, {
    instructions: worksheetInstructions(language, fence, request, code !== undefined),
    material: material.join('\n\n'),
    maxChars: maxAnswer,
    read: (text) => readWorksheet(text, language),
    ...(request.signal && { signal: request.signal }),
    ...(request.onText && { onText: request.onText }),
  });
  const lines = code === undefined ? 0 : code.code.replace(/\r?\n$/, '').split('\n').length;
  return {
    concept: concept === '' ? fileName : concept,
    language,
    code: value,
    from: code === undefined ? undefined : `${fileName}, lines ${code.startLine}-${code.startLine + lines - 1}`,
    by: answer.model,
    costUsd: answer.costUsd,
    problem: shown.length < (code?.code.length ?? 0) ? [problem, 'The code was too long, and only its beginning was shown to the model.'].filter((each) => each !== undefined).join(' ') : problem,
  };
}

/**
 * The file in an answer: what stands in its fenced block, from the first fence to the last one
 * (comments in the file may hold fences, too), or all of it when there is no fence. A file that
 * lacks some kind of annotation can be used, but is worth asking once more.
 */
export function readWorksheet(text: string, language: WorksheetLanguage): Reading<string> {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const opening = lines.findIndex((line) => /^\s*(`{3,}|~{3,})\s*[\w+#.-]*\s*$/.test(line));
  let file = text;
  if (opening >= 0) {
    const mark = /(`{3,}|~{3,})/.exec(lines[opening] ?? '')?.[0] ?? '```';
    const closing = lines.findLastIndex((line, at) => at > opening && line.trim() === mark);
    if (closing < 0) return { problem: 'The fenced block is not closed: the answer was cut off. Write a shorter file.' };
    file = lines.slice(opening + 1, closing).join('\n');
  }
  const code = `${withoutControls(file).replace(/^\n+|\s+$/g, '')}\n`;

  const counted = countLines(language, code);
  if (counted.code < fewestCodeLines) return { problem: `It holds no file of ${language.name}: only ${counted.code} lines of it are code.` };
  if (counted.comments === 0) return { problem: 'It explains nothing: there are no comment lines in it.' };
  const missing = annotations.filter((word) => !new RegExp(`\\b${word}S?\\s*:`).test(code));
  if (missing.length === annotations.length) return { problem: `None of its comments begins with ${annotations.join(', ')}.` };
  return missing.length === 0 ? { value: code } : { value: code, problem: `It has no comment that begins with ${missing.join(', ')}.` };
}

function languageOf(name: string): WorksheetLanguage {
  const language = worksheetLanguage(name);
  if (language !== undefined) return language;
  const known = worksheetLanguages.filter(({ run }) => run !== undefined).slice(0, 12).map((each) => each.name);
  throw new WheelhouseError('invalid-input', `Worksheets cannot be written in ${name === '' ? 'no language' : excerpt(name, 40)}. Choose one such as ${known.join(', ')}.`);
}

/** Control characters could hide code from a reader, and those that turn the direction of text, too. */
function withoutControls(text: string): string {
   
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '');
}
