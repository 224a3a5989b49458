/** The commands of a script in the order in which they stand, each with the folder that it runs in. */
import { expand, setArguments, UNKNOWN, valuesIn, type Scope, type Word } from './expand.ts';
import { lex, partsIn, type Token } from './lex.ts';
import { passingPrograms } from './programs.ts';

export interface ShellCommand {
  /** The program first. */
  readonly words: readonly Word[];
  readonly redirects: readonly { readonly access: 'read' | 'write'; readonly word: Word }[];
  /** What it is given on standard input, where that stands in the script. */
  readonly input: string | undefined;
  readonly cwd: string | undefined;
  readonly home: string;
  /** The commands before it in its pipe. */
  readonly before: readonly ShellCommand[];
  /** Whether what it prints becomes words of a command that may take them for files; undefined for one that stands for itself. */
  readonly isInWord: boolean | undefined;
  /** A script that this command runs sees these. */
  readonly scope: Scope;
}

const KEYWORDS = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', 'esac', '!', '{', '}', 'time', 'coproc', 'function', 'in']);
/** What they are given they print, or compare. */
const SAYING = new Set(['echo', 'printf', 'test', '[', '[[']);
const MOST_DEPTH = 8;
/** Nobody writes more of them by hand; a script of nothing but pipes or variables must not take memory that grows with its square. */
const MOST_PIPED = 50;
const MOST_VARIABLES = 100;

/** @returns undefined where the script is nested too deeply to be followed. */
export function commandsOf(script: string, scope: Scope, depth = 0): ShellCommand[] | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const reader = new CommandReader(scope, depth);
  reader.read(lex(script));
  return reader.tooDeep ? undefined : reader.found;
}

class CommandReader {
  readonly found: ShellCommand[] = [];
  tooDeep = false;
  #scope: Scope;
  readonly #outer: Scope[] = [];
  readonly #depth: number;
  #words: Word[] = [];
  #redirects: { access: 'read' | 'write'; word: Word }[] = [];
  #input: string | undefined;
  #pipe: ShellCommand[] = [];
  /** The latest command: the body of a here-document is for the one on the line before it. */
  #last: ShellCommand | undefined;
  /** Where those stand that run inside of the words of the command at hand. */
  #inner: number[] = [];

  constructor(scope: Scope, depth: number) {
    this.#scope = copyOf(scope);
    this.#depth = depth;
  }

  read(tokens: readonly Token[]): void {
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      if (token.kind === 'heredoc') this.#heredoc(token.body, token.quoted);
      else if (token.kind === 'word') this.#word(token);
      else if (/[<>]/.test(token.sign)) at = this.#redirect(token.sign, tokens, at);
      else if (token.sign === '(' && this.#isList(tokens[at - 1])) at = this.#list(tokens, at);
      else this.#end(token.sign);
    }
    this.#end('\n');
  }

  #word(token: Extract<Token, { kind: 'word' }>): void {
    if (this.#words.length === 0 && token.bare !== undefined && KEYWORDS.has(token.bare)) return;
    const word = expand(token.parts, this.#scope, (script) => this.#nested(script));
    // `NAME=value` before a command, or alone.
    const assigned = this.#words.length === 0 ? /^([A-Za-z_]\w*)\+?=/.exec(word.texts[0] ?? '') : null;
    if (assigned && token.parts[0]?.kind === 'text' && new RegExp(`^${assigned[1]}\\+?=`).test(token.parts[0].text)) {
      this.#scope.variables.set(assigned[1] ?? '', valuesIn([word])?.map((text) => text.slice(assigned[0].length)));
    } else this.#words.push(word);
  }

  /** `NAME=(`. */
  #isList(before: Token | undefined): boolean {
    return this.#words.length === 0 && before?.kind === 'word' && /^[A-Za-z_]\w*\+?=$/.test(before.bare ?? '');
  }

  /** The words of `NAME=(…)`. @returns Where it ends. */
  #list(tokens: readonly Token[], at: number): number {
    const name = (tokens[at - 1] as { bare?: string }).bare?.replace(/\+?=$/, '') ?? '';
    const words: Word[] = [];
    let end = at + 1;
    for (let token = tokens[end]; token !== undefined && !(token.kind === 'sign' && token.sign === ')'); token = tokens[++end]) {
      if (token.kind === 'word') words.push(expand(token.parts, this.#scope, (script) => this.#nested(script)));
    }
    this.#scope.variables.set(name, valuesIn(words));
    return end;
  }

  #redirect(sign: string, tokens: readonly Token[], at: number): number {
    // A number before the sign is a descriptor, not an argument.
    if (/^\d+$/.test(this.#words.at(-1)?.texts[0] ?? '') && this.#words.length > 1) this.#words.pop();
    if (sign === '<<' || sign === '<<-') return at;
    const next = tokens[at + 1];
    if (next?.kind !== 'word') return at;
    const word = expand(next.parts, this.#scope, (script) => this.#nested(script));
    if (sign === '<<<') this.#input = word.texts[0];
    else if (!/^[<>]&$/.test(sign) || !/^(?:\d+|-)$/.test(word.texts[0] ?? '')) {
      this.#redirects.push({ access: sign.startsWith('<') && sign !== '<>' ? 'read' : 'write', word });
    }
    return at + 1;
  }

  #end(sign: string): void {
    const command = this.#flush(sign.startsWith('|') && sign !== '||');
    if (sign === '|' || sign === '|&') {
      if (command) this.#pipe.push(command);
      return;
    }
    this.#pipe = [];
    if (sign === '(') {
      this.#outer.push(this.#scope);
      this.#scope = copyOf(this.#scope);
    } else if (sign === ')') this.#scope = this.#outer.pop() ?? this.#scope;
  }

  #flush(isPiped: boolean): ShellCommand | undefined {
    if (!isPiped && SAYING.has(this.#words[0]?.texts[0] ?? '')) for (const at of this.#inner) this.found[at] = { ...(this.found[at] as ShellCommand), isInWord: false };
    this.#inner = [];
    if (this.#words.length === 0 && this.#redirects.length === 0) return undefined;
    const command: ShellCommand = { words: this.#words, redirects: this.#redirects, input: this.#input, cwd: this.#scope.cwd, home: this.#scope.home, before: this.#pipe.slice(0, MOST_PIPED), isInWord: undefined, scope: copyOf(this.#scope) };
    [this.#words, this.#redirects, this.#input] = [[], [], undefined];
    this.found.push(command);
    this.#last = command;
    this.#remember(command);
    return command;
  }

  /** What a command changes for those after it. */
  #remember({ words, before, input }: ShellCommand): void {
    const [program = '', ...rest] = words.map(({ texts }) => texts[0] ?? '');
    const { variables } = this.#scope;
    if (program === 'cd' || program === 'pushd' || program === 'chdir') {
      const target = words.slice(1).find(({ texts }) => !/^-./.test(texts[0] ?? ''));
      this.#scope.cwd = target === undefined ? (program === 'cd' ? this.#scope.home : undefined) : target.isKnown && target.texts.length === 1 && target.texts[0] !== '-' ? joined(this.#scope.cwd, target.texts[0] ?? '') : undefined;
    } else if (program === 'popd') this.#scope.cwd = undefined;
    else if (program === 'for' || program === 'select') variables.set(rest[0] ?? '', valuesIn(words.slice(words[2]?.texts[0] === 'in' ? 3 : 2)));
    else if (program === 'read' || program === 'mapfile' || program === 'readarray') for (const name of rest) variables.set(name, linesGiven(before, input));
    else if (program === 'set' && rest[0] === '--') setArguments(variables, words.slice(2));
    else if (program === 'export' || program === 'declare' || program === 'local' || program === 'typeset' || program === 'readonly') {
      for (const word of words.slice(1)) {
        const [, name] = /^([A-Za-z_]\w*)=/.exec(word.texts[0] ?? '') ?? [];
        if (name !== undefined) variables.set(name, valuesIn([word])?.map((text) => text.slice(name.length + 1)));
      }
    }
  }

  #heredoc(body: string, quoted: boolean): void {
    const at = this.found.lastIndexOf(this.#last as ShellCommand);
    if (this.#last === undefined || at < 0) return;
    const command = { ...this.#last, input: body };
    this.found[at] = command;
    if (!quoted) expand(partsIn(body), this.#scope, (script) => this.#nested(script));
  }

  /** Runs inside of a word; what it prints is known for the simplest only. */
  #nested(script: string): readonly string[] | undefined {
    const commands = commandsOf(script, this.#scope, this.#depth + 1);
    if (commands === undefined) {
      this.tooDeep = true;
      return undefined;
    }
    const passesOn = ({ words }: ShellCommand) => passingPrograms.has(words[0]?.texts[0] ?? '');
    const countedOnly = new Set(commands.filter((later) => !passesOn(later)).flatMap(({ before }) => before));
    for (const command of commands) {
      if (command.isInWord === undefined) this.#inner.push(this.found.length);
      // A count of names is no name.
      this.found.push(command.isInWord === undefined ? { ...command, isInWord: !countedOnly.has(command) } : command);
    }
    const [only, ...others] = commands.filter(({ isInWord }) => isInWord === undefined);
    if (only === undefined || !others.every((other) => other.before.includes(only) && passesOn(other))) return undefined;
    const files = only.words.slice(1).filter(({ texts }) => !(texts[0] ?? '').startsWith('-'));
    if (only.words[0]?.texts[0] === 'ls' && files.length > 0) return valuesIn(files);
    if (others.length > 0 || only.words.some(({ isKnown, texts }) => !isKnown || texts.length > 1)) return undefined;
    const [program, ...args] = only.words.map(({ texts }) => texts[0] ?? '');
    if (program === 'pwd') return only.cwd === undefined ? undefined : [only.cwd];
    if (program === 'echo' && !args.some((arg) => arg.startsWith('-'))) return [args.join(' ')];
    return program === 'printf' && args.length > 0 ? [(args[0] ?? '').replace(/\\n$/, '').replace(/%[sb]/g, () => args[1] ?? '')] : undefined;
  }
}

/** What "read" is given, where that stands in the script. */
function linesGiven(before: readonly ShellCommand[], input: string | undefined): readonly string[] | undefined {
  if (input !== undefined) return [input, ...input.split(/\s+/)];
  const [only, ...others] = before;
  if (only === undefined || others.length > 0 || !/^(?:echo|printf)$/.test(only.words[0]?.texts[0] ?? '')) return undefined;
  return valuesIn(only.words.slice(1))?.flatMap((text) => text.split(/\\n|\s+/)).filter((text) => text !== '');
}

function copyOf(scope: Scope): Scope {
  const variables: Scope['variables'] = new Map();
  for (const [name, values] of scope.variables) {
    if (variables.size === MOST_VARIABLES) break;
    variables.set(name, values);
  }
  return { ...scope, variables };
}

/** As the shell would go there; links are for the one who looks. */
export function joined(cwd: string | undefined, path: string): string | undefined {
  if (path.includes(UNKNOWN)) return undefined;
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return path;
  return cwd === undefined ? undefined : `${cwd}/${path}`;
}
