import { plain } from '../../../core/base/plain.ts';
import { sessionContext } from '../../../adapters/node/notes/session-context.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import { ruleText, type ContextPart } from '../../../core/notes/index.ts';
import type { Answer, Input, Verb } from '../verb.ts';

/** `notes context`: the text comes first and as it is, so that it can be piped; what became of the sources follows on standard error. */
export const contextVerb: Verb = {
  usage: '[--resumed]',
  summary: 'Exactly what a session that starts here is told: the global context note, the notes of this repository, the last checkpoint, and the other public notes by name; then, on standard error, its size, what was trimmed and by which rule. --resumed: after a compaction or a resume.',
  args: [0, 0],
  options: { resumed: { type: 'boolean' } },
  run: context,
};

async function context(input: Input): Promise<Answer> {
  const dataRoot = resolveDataRoot(process.env, input.dataOverride).path;
  const { brief, root, globalId, hasGlobal } = await sessionContext({ env: process.env, dataRoot, folder: input.folder, goesOn: input.options['resumed'] === true });
  const { text, characters, tokens, limit, parts } = brief;
  const rule = ruleText(brief.goesOn);
  if (input.options['json'] !== true) {
    input.progress([
      ...parts.map(partLine),
      ...(hasGlobal || globalId === '' ? [] : [`No public note has the id ${globalId}. Create one: wheelhouse notes create ${globalId} --title "…" --file F --tags PUBLIC`]),
      `${characters} of at most ${limit} characters, about ${tokens} tokens (a quarter of its bytes). ${rule}`,
    ].map(plain).join('\n'));
  }
  return {
    json: { text, characters, tokens, limit, rule, root, globalContext: globalId, found: hasGlobal, parts: parts.map(({ kind, id, title, told, of, trimmed }) => ({ kind, id, title, told, of, trimmed: trimmed ?? null })) },
    text: text === '' ? 'A session that starts here is told nothing.' : plain(text),
  };
}

function partLine({ kind, id, told, of, trimmed }: ContextPart): string {
  const what = kind === 'list' ? 'list of other notes' : kind === 'checkpoint' ? `checkpoint ${id}` : `note ${id}`;
  return `${what}: ${told === of ? `${of}` : `${told} of ${of}`} ${kind === 'list' ? 'notes' : 'characters'}${trimmed === undefined ? '' : `. ${trimmed}`}`;
}
