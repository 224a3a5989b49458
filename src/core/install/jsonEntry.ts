/** The entry of the MCP server in settings that are JSON, with or without comments. */
import { WheelhouseError } from '../base/errors.ts';
import { parseObject, removeAt, setAt, type JsonPath } from '../base/jsonSplice.ts';
import { argsOf, foundIn, isBlank, needOurs, sameWords, type EntryFormat } from './entry.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Dialect {
  /** Where the servers are, in the order of preference; the first is where they go when there are none. */
  readonly places: readonly JsonPath[];
  /** What a file of our own begins with. */
  readonly head?: Fields;
  /** A new entry. */
  readonly entry: (argv: readonly string[]) => Fields;
  /** Program and arguments of an entry that starts a local program. */
  readonly argv: (entry: Fields) => readonly unknown[] | undefined;
  /** What to set in a present entry for other program and arguments. */
  readonly change: (argv: readonly string[]) => readonly (readonly [key: string, value: unknown])[];
}

/** Program and arguments apart, as most agents have it. */
const apart: Omit<Dialect, 'places' | 'entry'> = {
  argv: ({ type, command, args }) => ((type === undefined || type === 'stdio') && Array.isArray(args) ? [command, ...(args as unknown[])] : undefined),
  change: ([command, ...args]) => [['command', command], ['args', args]],
};

/** Claude Code and Cursor. */
export const stdioServers = jsonFormat({ ...apart, places: [['mcpServers']], entry: ([command, ...args]) => ({ type: 'stdio', command, args }) });

/** Gemini CLI, which knows a local server by its command. */
export const commandServers = jsonFormat({ ...apart, places: [['mcpServers']], entry: ([command, ...args]) => ({ command, args }) });

/** opencode. Its second version has the servers one level deeper; it adds the address of its schema to files that have none. */
export const localServers = jsonFormat({
  places: [['mcp'], ['mcp', 'servers']],
  head: { $schema: 'https://opencode.ai/config.json' },
  entry: (argv) => ({ type: 'local', command: argv }),
  argv: ({ type, command }) => (type === 'local' && Array.isArray(command) ? (command as unknown[]) : undefined),
  change: (argv) => [['command', argv]],
});

function jsonFormat(dialect: Dialect): EntryFormat {
  const fresh = (name: string, argv: readonly string[]) => `${JSON.stringify({ ...dialect.head, ...nested(dialect.places[0] ?? [], { [name]: dialect.entry(argv) }) }, null, 2)}\n`;

  const read: EntryFormat['read'] = (text, file, name) => {
    if (isBlank(text)) return { kind: 'none' };
    const entry = own(serversOf(text, file, dialect).servers, name);
    if (entry === undefined) return { kind: 'none' };
    return isFields(entry) ? foundIn(dialect.argv(entry)) : { kind: 'foreign' };
  };

  return {
    read,
    ours: (text, file) => (isBlank(text) ? [] : Object.keys(serversOf(text, file, dialect).servers ?? {}).filter((name) => read(text, file, name).kind === 'ours')),
    add(text, file, { name, command, tools }, force = false) {
      const wanted = [command, ...argsOf({ ...(tools && { tools }) })];
      if (isBlank(text)) return fresh(name, wanted);
      const found = read(text, file, name);
      needOurs(found, file, name, force);
      const place = [...serversOf(text, file, dialect).place, name];
      if (found.kind !== 'ours') return setAt(text, place, dialect.entry(wanted));
      const argv = [command, ...(tools ? argsOf({ tools }) : found.args)];
      if (sameWords(argv, [found.command, ...found.args])) return text;
      const before = new Map(dialect.change([found.command, ...found.args]).map(([key, value]) => [key, JSON.stringify(value)]));
      return dialect.change(argv).reduce((result, [key, value]) => (before.get(key) === JSON.stringify(value) ? result : setAt(result, [...place, key], value)), text);
    },
    remove(text, file, name, force = false) {
      if (isBlank(text)) return text;
      const found = read(text, file, name);
      if (found.kind === 'none') return text;
      needOurs(found, file, name, force);
      if (found.kind === 'ours' && text === fresh(name, [found.command, ...found.args])) return undefined;
      const { place } = serversOf(text, file, dialect);
      const rest = removeAt(text, [...place, name]);
      return Object.keys(serversOf(rest, file, dialect).servers ?? { some: 1 }).length === 0 ? removeAt(rest, place) : rest;
    },
  };
}

/** Where the servers of this file are, and they. */
function serversOf(text: string, file: string, { places }: Dialect): { readonly place: JsonPath; readonly servers: Fields | undefined } {
  const document = parseObject(text, file);
  let found: { place: JsonPath; servers: Fields | undefined } = { place: places[0] ?? [], servers: undefined };
  for (const place of places) {
    const servers = place.reduce<unknown>((at, step) => (isFields(at) ? own(at, step as string) : undefined), document);
    if (servers === undefined) continue;
    if (!isFields(servers)) throw new WheelhouseError('invalid-input', `${JSON.stringify(place.join('.'))} in ${file} is not an object, so nothing was changed. Correct it and try again.`);
    // A server may have the name of the level; it is one if it says how it is started.
    if (place.length === 1 || !('command' in servers || 'url' in servers)) found = { place, servers };
  }
  return found;
}

function own(fields: Fields | undefined, name: string): unknown {
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nested(path: JsonPath, value: unknown): Fields {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as Fields;
}
