/** The page that shows what a session is told: the text exactly, and what became of its sources. */
import type { SessionContext } from '../../../adapters/node/notes/session-context.ts';
import { ruleText, type ContextPart } from '../../../core/notes/index.ts';

/** @param folder As people call it. */
export function contextMarkdown({ brief, globalId, hasGlobal }: SessionContext, folder: string): string {
  const { text, characters, tokens, limit, goesOn, parts } = brief;
  const missing = hasGlobal || globalId === '' ? [] : [`> No public note has the id ${code(globalId)}, which every session would be told. Create it with **New Note**, and mark it PUBLIC.`, ''];
  if (text === '') return ['# What a session is told', '', ...missing, `A session that starts in ${code(folder)} is told nothing: there are no public notes, and there is no checkpoint.`, ''].join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [
    '# What a session is told',
    '',
    `A session that ${goesOn ? 'goes on' : 'starts'} in ${code(folder)} is told this, to the letter: **${grouped(characters)}** of at most ${grouped(limit)} characters, about **${grouped(tokens)} tokens** (estimated as a quarter of its bytes).`,
    '',
    ...missing,
    '| Source | Told | |',
    '|---|--:|---|',
    ...parts.map(row),
    '',
    `**The rule.** ${ruleText(goesOn)} Private notes are left out as if they were not there.`,
    '',
    '---',
    '',
    `${fence}text`,
    text.trimEnd(),
    fence,
    '',
  ].join('\n');
}

function row({ kind, id, told, of, trimmed }: ContextPart): string {
  const source = { global: 'Global context', repository: 'Note of this repository', checkpoint: 'Last checkpoint', list: 'List of other notes' }[kind];
  const amount = kind === 'list' ? `${told} of ${of} notes` : told === of ? `${grouped(of)} characters` : `${grouped(told)} of ${grouped(of)} characters`;
  return `| ${source}${id === '' ? '' : ` ${code(id)}`} | ${amount} | ${trimmed ?? 'in full'} |`;
}

/** Names come from files: nothing in them is Markdown, or ends a cell. */
function code(text: string): string {
  return `\`${text.replace(/[`|\r\n]/g, "'")}\``;
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
