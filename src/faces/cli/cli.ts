#!/usr/bin/env node
/**
 * `wheelhouse NOUN VERB …`: finds the verb, parses its arguments, prints its answer. What a verb
 * does stands in the core; each noun is loaded only when it is used.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import packageJson from '../../../package.json' with { type: 'json' };
import { messageOf, WheelhouseError } from '../../core/base/errors.ts';
import { plainLine } from '../../core/base/plain.ts';
import { existingFolder, text, type Answer, type Input, type Noun, type Verb } from './verb.ts';

const nouns: Record<string, () => Promise<Noun>> = {
  review: async () => (await import('./nouns/review.ts')).review,
  sessions: async () => (await import('./nouns/sessions.ts')).sessions,
  cards: async () => (await import('./nouns/cards.ts')).cards,
  prompts: async () => (await import('./nouns/prompts.ts')).prompts,
  coord: async () => (await import('./nouns/coord.ts')).coord,
  notes: async () => (await import('./nouns/notes.ts')).notes,
  policy: async () => (await import('./nouns/policy.ts')).policy,
  hook: async () => (await import('./nouns/hook.ts')).hook,
  mcp: async () => (await import('./nouns/mcp.ts')).mcp,
  install: async () => (await import('./nouns/install.ts')).install,
  uninstall: async () => (await import('./nouns/install.ts')).uninstall,
  doctor: async () => (await import('./nouns/doctor.ts')).doctor,
};

const ownFile = fileURLToPath(import.meta.url);
/** The build puts sql.js's WebAssembly here; from source it is found in sql.js's own folder. */
const ownFolder = dirname(ownFile);

const globalOptions = {
  data: { type: 'string' },
  workspace: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

async function main(argv: readonly string[]): Promise<number> {
  const asJson = argv.includes('--json');
  try {
    const answer = await answerTo(argv);
    if (!answer) return 0;
    const out = asJson && answer.json !== undefined ? JSON.stringify(answer.json) : answer.text.trimEnd();
    if (out !== '') await print(`${out}\n`);
    return answer.exitCode ?? 0;
  } catch (error) {
    // A hook must never stop the agent.
    if (argv[splitGlobal(argv).verbAt] === 'hook') return 0;
    const known = error instanceof WheelhouseError ? error : new WheelhouseError('refused', `internal error: ${messageOf(error)}. Please report it.`, { cause: error });
    if (!(error instanceof WheelhouseError) && process.env['WHEELHOUSE_DEBUG']) console.error(error);
    process.stderr.write(`wheelhouse: ${plainLine(known.message.replace(/\s*\n\s*/g, ' '))}\n`);
    if (asJson) await print(`${JSON.stringify({ error: { code: known.code, message: known.message, ...(known.details && { details: known.details }) } })}\n`);
    else if (known.details) await print(`${known.details}\n`);
    return known.code === 'usage' ? 2 : 1;
  }
}

async function answerTo(argv: readonly string[]): Promise<Answer | undefined> {
  // Global options may stand before the noun, so the noun is the first word that is none of them.
  const { words, verbAt } = splitGlobal(argv);
  if (words.version) return { json: { version: packageJson.version }, text: packageJson.version };
  const [nounName, ...rest] = argv.slice(verbAt);
  if (nounName === undefined || nounName === 'help') return { json: undefined, text: await overview(), ...(nounName === undefined && !words.help && { exitCode: 2 }) };
  const load = nouns[nounName];
  if (!load) throw new WheelhouseError('usage', `there is no "${nounName}". There are: ${Object.keys(nouns).join(', ')}. See wheelhouse --help`);
  const noun = await load();
  // A noun with one nameless verb, such as `mcp`, has no word of its own for it.
  const only = noun.verbs[''];
  const verbName = only ? '' : rest[0];
  if (verbName === undefined || verbName === '--help' || verbName === '-h') return { json: undefined, text: helpOf(nounName, noun), ...(verbName === undefined && { exitCode: 2 }) };
  const verb = noun.verbs[verbName];
  if (!verb) throw new WheelhouseError('usage', `there is no "${nounName} ${verbName}". There are: ${Object.keys(noun.verbs).join(', ')}.`);
  return runVerb(`${nounName}${verbName && ` ${verbName}`}`, verb, [...argv.slice(0, verbAt), ...(only ? rest : rest.slice(1))]);
}

function splitGlobal(argv: readonly string[]): { words: { help: boolean; version: boolean }; verbAt: number } {
  const words = { help: false, version: false };
  let i = 0;
  for (; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--help' || word === '-h') words.help = true;
    else if (word === '--version') words.version = true;
    else if (word === '--data' || word === '--workspace') i++;
    else if (!word.startsWith('-')) break;
  }
  return { words, verbAt: i };
}

async function runVerb(name: string, verb: Verb, argv: readonly string[]): Promise<Answer | undefined> {
  const parsed = parse(verb, argv);
  if (parsed.values['help'] === true) return { json: undefined, text: `wheelhouse ${name} ${verb.usage}\n\n${verb.summary}` };
  const [least, most] = verb.args;
  const count = parsed.positionals.length;
  if (count < least || count > most) throw new WheelhouseError('usage', `usage: wheelhouse ${name} ${verb.usage}`);

  const data = parsed.values['data'];
  const dataOverride = typeof data === 'string' ? resolve(data) : undefined;
  const folder = existingFolder('--workspace', text(parsed.values['workspace']) ?? '.');
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const opened: { dispose: () => Promise<void> }[] = [];
  const place = { env: process.env, ...(existsSync(join(ownFolder, 'sql-wasm.wasm')) && { wasmDirectory: ownFolder }), ...(dataOverride !== undefined && { dataOverride }) };
  const session = process.env['CLAUDE_CODE_SESSION_ID'];
  const actor = session ? `session:${session}` : 'cli';
  const input: Input = {
    args: parsed.positionals,
    options: parsed.values,
    folder,
    dataOverride,
    program: ownFile,
    progress: (line) => void process.stderr.write(`${line}\n`),
    signal: interrupt.signal,
    workspace: async (options = {}) => {
      const { openWorkspace } = await import('../../adapters/node/workspace.ts');
      const workspace = await openWorkspace({
        ...place,
        folder: options.folder ?? folder,
        actor: options.actor ?? actor,
        ...(options.logFile !== undefined && { logFile: options.logFile }),
      });
      opened.push(workspace);
      return workspace;
    },
    user: async () => {
      const { openUserData } = await import('../../adapters/node/user-data.ts');
      const user = openUserData({ ...place, actor });
      opened.push(user);
      return user;
    },
  };
  try {
    return await verb.run(input);
  } finally {
    // Until all is put away, a signal asks to end, which is under way, and does not kill.
    for (const workspace of opened) await workspace.dispose();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

function parse(verb: Verb, argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { ...verb.options, ...globalOptions }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WheelhouseError('usage', `${messageOf(error).split('\n', 1)[0] ?? ''} See --help.`);
  }
}

async function overview(): Promise<string> {
  const lines = await Promise.all(Object.entries(nouns).map(async ([name, load]) => `  ${name.padEnd(10)} ${(await load()).summary}`));
  return [
    'wheelhouse NOUN VERB …   mission control for parallel LLM coding sessions',
    '',
    ...lines,
    '',
    'Everywhere: --data DIR, --workspace DIR, --json, --help, --version',
  ].join('\n');
}

function helpOf(name: string, noun: Noun): string {
  const width = Math.max(...Object.keys(noun.verbs).map((verb) => verb.length));
  return [noun.summary, '', ...Object.entries(noun.verbs).map(([verb, { usage, summary }]) => `  wheelhouse ${name} ${verb.padEnd(width)} ${usage}\n      ${summary}`)].join('\n');
}

/** Waits until everything is written: a pipe takes 64 KB at a time, and `exit` does not wait for it. */
function print(out: string): Promise<void> {
  return new Promise((done) => {
    process.stdout.write(out, () => done());
  });
}

// A reader that stops reading, such as `head`, is no error.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
// Watchers and timers of a long-running noun are done with; what is printed has been written.
process.exit();
