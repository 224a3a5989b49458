/** What a model is shown of a subject, and what a card made from it points to. */
import { excerpt, type Fence } from '../../models/index.ts';
import type { CardSource } from '../model.ts';
import type { CardSubject, CodeSubject, ReviewSubject, SessionSubject, WorksheetSubject } from './model.ts';

/** Characters of material in all, of one answer in a session, and of code that a card keeps. */
const maxMaterial = 60_000;
const maxTurn = 6_000;
const maxKeptCode = 8_000;

export interface Material {
  /** Fenced. */
  readonly text: string;
  /** What it is, for the instructions: no word of the material's own. */
  readonly about: string;
  /** Whether its lines are numbered, so that a card can name those it is about. */
  readonly numbered: boolean;
  /** Whether some of it was left out because it is too long. */
  readonly cut: boolean;
}

export function materialOf(subject: CardSubject, fence: Fence): Material {
  switch (subject.kind) {
    case 'selection':
    case 'file':
    case 'worksheet': {
      const { text, cut } = numberedLines(codeOf(subject));
      const about = { selection: 'A piece of code that the learner selected.', file: 'A source file that the learner works with.', worksheet: 'A worksheet: annotated code that the learner has studied. Its comments hold what is to be learned.' };
      return { text: fence.wrap(titleOf(subject), text), about: about[subject.kind], numbered: true, cut };
    }
    case 'review': {
      const code = numberedLines(codeOf(subject));
      const comment = shortened(subject.comment, maxTurn);
      const text = `${fence.wrap('the review comment', comment)}\n\n${fence.wrap(titleOf(subject), code.text)}`;
      return { text, about: 'A code review comment and the code that it is about. What is to be learned is the insight behind the comment, not that this code had a flaw.', numbered: true, cut: code.cut || comment !== subject.comment };
    }
    case 'session': {
      const { text, cut } = lastTurns(subject);
      return { text: fence.wrap(subject.name, text), about: 'The last part of a conversation of the learner with a coding assistant. What is to be learned are the ideas and facts in it that stay true, not what was done when.', numbered: false, cut };
    }
    case 'topic':
      return { text: fence.wrap('the topic', excerpt(subject.topic, 1_000)), about: 'A topic that the learner wants to know well; there is nothing more than its name.', numbered: false, cut: false };
  }
}

/** Where a card leads back to: the lines that it names when they are in the material, else all of it. */
export function sourceOf(subject: CardSubject, lines: readonly [number, number] | undefined): CardSource | undefined {
  if (subject.kind === 'session' || subject.kind === 'topic') return undefined;
  const { startLine, code, file, language, commit } = codeOf(subject);
  const all = code.replace(/\r?\n$/, '').split(/\r?\n/);
  const last = startLine + all.length - 1;
  const fits = lines !== undefined && lines[0] >= startLine && lines[0] <= lines[1] && lines[1] <= last;
  const [from, to] = fits ? lines : [startLine, last];
  const kept = all.slice(from - startLine, to - startLine + 1).join('\n');
  return {
    file,
    startLine: from,
    endLine: to,
    ...(commit !== undefined && { commit }),
    ...(language !== undefined && { language }),
    ...(kept.trim() !== '' && kept.length <= maxKeptCode && { code: kept }),
  };
}

type Code = Pick<CodeSubject, 'file' | 'startLine' | 'code' | 'language' | 'commit'>;

function codeOf(subject: CodeSubject | ReviewSubject | WorksheetSubject): Code {
  return subject.kind === 'worksheet' ? { ...subject, startLine: 1, code: subject.text } : subject;
}

/** The folder says nothing about the code, but something about the user. */
function titleOf({ file, language }: { readonly file: string; readonly language?: string }): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return language === undefined ? name : `${name} (${language})`;
}

function numberedLines({ code, startLine }: Code): { text: string; cut: boolean } {
  const lines = code.replace(/\r?\n$/, '').split(/\r?\n/);
  const shown: string[] = [];
  let length = 0;
  for (const [at, line] of lines.entries()) {
    const numbered = `${startLine + at}| ${shortened(line, 2_000)}`;
    length += numbered.length + 1;
    if (length > maxMaterial) return { text: `${shown.join('\n')}\n… ${lines.length - at} more lines are left out.`, cut: true };
    shown.push(numbered);
  }
  return { text: shown.join('\n'), cut: false };
}

/** As many turns from the end as there is room for. */
function lastTurns({ turns }: SessionSubject): { text: string; cut: boolean } {
  const shown: string[] = [];
  let length = 0;
  for (const { prompt, answer } of turns.toReversed()) {
    const turn = `The learner:\n${shortened(prompt, maxTurn)}\n\nThe assistant:\n${shortened(answer, maxTurn)}`;
    length += turn.length;
    if (length > maxMaterial) return { text: shown.reverse().join('\n\n---\n\n'), cut: true };
    shown.push(turn);
  }
  return { text: shown.reverse().join('\n\n---\n\n'), cut: false };
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor(length / 2);
  return `${text.slice(0, half)}\n[…]\n${text.slice(-half)}`;
}
