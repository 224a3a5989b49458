/**
 * The entry of the MCP server in Codex's settings, which are TOML: a table of its own at the end of the
 * file. The text is spliced; what it says before and after is compared, so that a form that was not
 * thought of leads to a refusal, never to other settings.
 */
import { parse } from 'smol-toml';
import { messageOf, WheelhouseError } from '../base/errors.ts';
import { argsOf, foundIn, isBlank, needOurs, sameWords, type EntryFormat, type FoundEntry } from './entry.ts';

type Fields = Record<string, unknown>;

/** Codex passes only a few variables on; these say where the data is. */
const VARIABLES = ['WHEELHOUSE_DATA', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'];
/** A test run takes longer than the minute that Codex grants by default. */
const TOOL_TIMEOUT_S = 600;

const parent = 'mcp_servers';
const PARSING = { integersAsBigInt: 'asNeeded' } as const;

export const tomlServers: EntryFormat = {
  read(text, file, name) {
    return isBlank(text) ? { kind: 'none' } : find(parsed(text, file), name);
  },

  ours(text, file) {
    if (isBlank(text)) return [];
    const document = parsed(text, file);
    return Object.keys(serversOf(document) ?? {}).filter((name) => find(document, name).kind === 'ours');
  },

  add(text, file, { name, command, tools }, force = false) {
    const wanted = block(name, [command, ...argsOf({ ...(tools && { tools }) })]);
    if (text === undefined || text === '') return wanted;
    const before = parsed(text, file);
    const found = find(before, name);
    needOurs(found, file, name, force);
    if (found.kind === 'ours') {
      const argv = [command, ...(tools ? argsOf({ tools }) : found.args)];
      return sameWords(argv, [found.command, ...found.args]) ? text : changed(text, file, name, argv);
    }
    const rest = found.kind === 'foreign' ? without(text, file, name) : text;
    const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
    // A file without a line end at its end gets no empty line: so that is known again when this is taken out.
    const after = rest + lineEnd + wanted.replaceAll('\n', lineEnd);
    if (isGood(after, before, name, wanted)) return after;
    throw otherForm(file, name, wanted);
  },

  remove(text, file, name, force = false) {
    if (isBlank(text)) return text;
    const found = find(parsed(text, file), name);
    if (found.kind === 'none') return text;
    needOurs(found, file, name, force);
    if (found.kind === 'ours' && text === block(name, [found.command, ...found.args])) return undefined;
    return without(text, file, name);
  },
};

function block(name: string, [command, ...args]: readonly string[]): string {
  return [
    `[${parent}.${name}]`,
    `command = ${word(command ?? '')}`,
    `args = ${words(args)}`,
    `env_vars = ${words(VARIABLES)}`,
    `tool_timeout_sec = ${TOOL_TIMEOUT_S}`,
    '',
  ].join('\n');
}

function changed(text: string, file: string, name: string, [command, ...args]: readonly string[]): string {
  const edit = ({ start, end }: Span) => {
    const lines = text.slice(start, end)
      .replace(/^([ \t]*command[ \t]*=[ \t]*)("(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')/m, (_, key: string) => key + word(command ?? ''))
      .replace(/^([ \t]*args[ \t]*=[ \t]*)\[[^\]]*\]/m, (_, key: string) => key + words(args));
    return text.slice(0, start) + lines + text.slice(end);
  };
  return firstGood(text, file, name, edit, block(name, [command ?? '', ...args]));
}

/** The text without the tables of the server, and without the empty line before them. */
function without(text: string, file: string, name: string): string {
  const edit = ({ start, end }: Span) => {
    const [head, tail] = [text.slice(0, start), text.slice(end)];
    const separated = /\n\r?\n$/.test(head) || tail === '';
    return (separated ? head.replace(/\r?\n$/, '') : head) + tail;
  };
  return firstGood(text, file, name, edit, undefined);
}

/** What looks like the server's table may be a line of a longer text: the edit that does what it shall is taken. */
function firstGood(text: string, file: string, name: string, edit: (span: Span) => string, wanted: string | undefined): string {
  const before = parsed(text, file);
  for (const span of spansOf(text, name)) {
    const after = edit(span);
    if (isGood(after, before, name, wanted)) return after;
  }
  throw otherForm(file, name, wanted);
}

interface Span {
  readonly start: number;
  end: number;
}

/** Each from a line that looks like the server's table to its last line, that of tables inside it included; the last first. */
function spansOf(text: string, name: string): readonly Span[] {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const key = `(?:${literal}|"${literal}"|'${literal}')`;
  const own = new RegExp(`^[ \\t]*\\[[ \\t]*${parent}[ \\t]*\\.[ \\t]*${key}[ \\t]*(\\.[^\\]\\r\\n]*)?\\][ \\t]*(?:#[^\\r\\n]*)?\\r?\\n?$`);
  const spans: Span[] = [];
  let at = 0;
  let inside: Span | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.trim();
    if (bare.startsWith('[')) {
      const header = own.exec(line);
      if (!header) inside = undefined;
      else if (!inside || header[1] === undefined) spans.push((inside = { start: at, end: at }));
    }
    at += line.length;
    // A comment behind the last value belongs to what follows.
    if (inside && bare !== '' && !bare.startsWith('#')) inside.end = at;
  }
  return spans.reverse();
}

/**
 * Whether the text says the same as before but for the server.
 * @param wanted The table that it shall have; undefined: none.
 */
function isGood(after: string, before: Fields, name: string, wanted: string | undefined): boolean {
  try {
    const document = parse(after, PARSING);
    const expected: FoundEntry = wanted === undefined ? { kind: 'none' } : find(parse(wanted, PARSING), name);
    return same(find(document, name), expected) && same(others(document, name), others(before, name));
  } catch {
    return false;
  }
}

function otherForm(file: string, name: string, wanted?: string): WheelhouseError {
  const what = wanted === undefined ? `take "${name}" out of its "${parent}" by hand` : `change "${parent}" by hand, so that it says`;
  return new WheelhouseError('refused', `${file} has its MCP servers in a form that Wheelhouse does not change, so nothing was changed: ${what}.`, wanted === undefined ? {} : { details: wanted });
}

function find(document: Fields, name: string): FoundEntry {
  const servers = serversOf(document);
  const entry = servers && Object.hasOwn(servers, name) ? servers[name] : undefined;
  if (entry === undefined) return { kind: 'none' };
  const { command, args } = entry as Fields;
  return foundIn([command, ...(Array.isArray(args) ? (args as unknown[]) : [])]);
}

function serversOf(document: Fields): Fields | undefined {
  const servers = document[parent];
  return typeof servers === 'object' && servers !== null ? (servers as Fields) : undefined;
}

/** All but the server; a table of servers without any is none. */
function others(document: Fields, name: string): Fields {
  const servers = Object.entries(serversOf(document) ?? {}).filter(([key]) => key !== name);
  const rest = Object.fromEntries(Object.entries(document).filter(([key]) => key !== parent));
  return servers.length === 0 ? rest : { ...rest, [parent]: Object.fromEntries(servers) };
}

function same(a: unknown, b: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' || (typeof each === 'number' && !Number.isFinite(each)) ? String(each) : each));
  return text(a) === text(b);
}

function parsed(text: string, file: string): Fields {
  try {
    return parse(text, PARSING);
  } catch (error) {
    const [what = ''] = messageOf(error).split('\n');
    throw new WheelhouseError('invalid-input', `${file} is not TOML (${what}), so nothing was changed. Correct it and try again.`);
  }
}

/** A basic string of TOML: JSON's form is one of its own. */
function word(text: string): string {
  return JSON.stringify(text);
}

function words(list: readonly string[]): string {
  return `[${list.map(word).join(', ')}]`;
}
