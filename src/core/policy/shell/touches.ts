/** Which files a command touches, as well as its text tells. */
import type { Access } from '../model.ts';
import { commandsOf, joined, type ShellCommand } from './commands.ts';
import { setArguments, valuesIn, type Word } from './expand.ts';
import { filtersOf, namesOnly, onlyNames, wildly, WRITES } from './options.ts';
import { copyingPrograms, filterOptions, gitNaming, gitOptionsWithWord, gitWriting, interpreters, mounting, namingPrograms, outputOptions, patternPrograms, readingPrograms, runners, scriptOptions, shells, targetOptions, textPrograms, wrappers, wrappersWithWord, writingPrograms } from './programs.ts';

export interface Touch {
  /** A path, or a pattern of paths. */
  readonly path: string;
  readonly isPattern: boolean;
  readonly access: Access;
  /** Also all that is in it. */
  readonly isTree: boolean;
  /** Of a tree, only files for which this is true; their paths from it, beginning with "/". */
  readonly only?: (path: string) => boolean;
  /** It counts only when there is something of this name: the word may mean something else. */
  readonly ifThere: boolean;
  /** A program changes files, and which of those that it names cannot be told: only rules about this one count, not those about all outside of a folder. */
  readonly isGuess?: true;
  readonly cwd: string | undefined;
}

export interface Read {
  readonly touches: readonly Touch[];
  /** Each program with its words, for rules about commands. */
  readonly programs: readonly (readonly string[])[];
  /** Whether it may touch what its text does not tell. */
  readonly isUnclear: boolean;
}

const MOST_TOUCHES = 5000;
/** Words from a pipe, each of which makes a command of its own. */
const MOST_GIVEN = 100;

/** @param folder What relative paths are relative to. */
export function readScript(script: string, folder: string, home: string): Read {
  const reader = new TouchReader();
  reader.script(script, { cwd: folder, home, variables: new Map() }, 0);
  return { touches: reader.touches.slice(0, MOST_TOUCHES), programs: reader.programs, isUnclear: reader.isUnclear || reader.touches.length > MOST_TOUCHES };
}

class TouchReader {
  readonly touches: Touch[] = [];
  readonly programs: string[][] = [];
  isUnclear = false;

  script(script: string, scope: ShellCommand['scope'], depth: number): void {
    const commands = depth > 8 ? undefined : commandsOf(script, scope, depth);
    if (commands === undefined) this.isUnclear = true;
    const feeders = new Set((commands ?? []).flatMap(({ words, before }) => (/^(?:xargs|parallel|read|mapfile|readarray)$/.test(words[0]?.texts[0] ?? '') && !onlyNames(words) ? before.map((each) => each.words) : [])));
    for (const command of commands ?? []) {
      if (feeders.has(command.words) || command.isInWord === true) this.#feeder(command, command.words, depth);
      if (feeders.has(command.words) && command.words[0]?.texts[0] === 'ls') for (const word of command.words.slice(1)) if (!(word.texts[0] ?? '').startsWith('-')) this.#add(word, 'read', command, { surely: true });
      for (const { access, word } of command.redirects) this.#add(word, access, command, { surely: true });
      this.#command(command, command.words, depth);
    }
  }

  #command(command: ShellCommand, words: readonly Word[], depth: number): void {
    const [first, ...rest] = words;
    if (first === undefined) return;
    // A program by its path or with an escape is the same program.
    const program = (first.texts[0] ?? '').replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
    this.programs.push([program, ...rest.map(({ texts }) => texts[0] ?? '')]);
    if (!first.isKnown) this.isUnclear = true;
    // The program itself is read, too.
    if ((first.texts[0] ?? '').includes('/')) this.#add(first, 'read', command, {});
    const texts = rest.map(({ texts: [text = ''] }) => text);
    const script = Object.hasOwn(scriptOptions, program) ? rest[texts.findIndex((text) => scriptOptions[program]?.test(text)) + 1] : undefined;
    if (script !== undefined && script !== rest[0]) { this.#again(script.texts[0] ?? '', command, depth, script.isKnown); return; }
    if (Object.hasOwn(wrappers, program)) { this.#wrapper(command, program, rest, depth); return; }
    if (program === 'eval') { this.#again(texts.join(' '), command, depth, rest.every(({ isKnown }) => isKnown)); return; }
    if (program === 'trap' && !/^-|^$/.test(texts[0] ?? '')) this.#again(texts[0] ?? '', command, depth, rest[0]?.isKnown === true);
    // What they say of a file is who holds it, and what the policy says of it.
    if (program === 'wheelhouse' && /^(?:coord|policy)$/.test(texts[0] ?? '')) return;
    if (program === 'rg' && texts.includes('--files')) return;
    if (shells.has(program)) { this.#shell(command, rest, depth); return; }
    if (program === 'find') { this.#find(command, rest, depth); return; }
    if (program === 'git') { this.#git(command, rest); return; }
    if (Object.hasOwn(interpreters, program)) this.#interpreter(command, program, rest);
    if (Object.hasOwn(runners, program) && texts[0] === runners[program]) {
      const known = rest.findIndex((_word, index) => index > 0 && (Object.hasOwn(interpreters, texts[index] ?? '') || shells.has(texts[index] ?? '')));
      const inner = known > 0 ? known : rest.findIndex((_word, index) => index > 0 && !(texts[index] ?? '').startsWith('-'));
      if (inner > 0) this.#command(command, rest.slice(inner), depth);
    }
    if (mounting.has(program)) this.#mounts(command, rest);
    if (textPrograms.has(program) || namingPrograms.has(program)) return;
    if (!readingPrograms.has(program) && !writingPrograms.has(program) && !copyingPrograms.has(program)) this.isUnclear = true;
    this.#files(command, program, rest);
  }

  #wrapper(command: ShellCommand, program: string, rest: readonly Word[], depth: number): void {
    let at = 0;
    let inner: ShellCommand = command;
    let place = '';
    for (; at < rest.length; at++) {
      const text = rest[at]?.texts[0] ?? '';
      if (program === 'env' && /^[A-Za-z_]\w*=/.test(text)) continue;
      if (program === 'env' && /^(?:-S|--split-string)/.test(text)) { this.#again(text.replace(/^(?:-S|--split-string=?)\s*/, '') + ' ' + rest.slice(at + 1).map(({ texts }) => texts[0] ?? '').join(' '), command, depth, true); return; }
      if (program === 'env' && (text === '-C' || text === '--chdir')) inner = { ...command, cwd: joined(command.cwd, rest[at + 1]?.texts[0] ?? '') };
      if (program === 'xargs' && (text === '-a' || text === '--arg-file')) this.#add(rest[at + 1], 'read', command, { surely: true });
      if (program === 'xargs' && /^-[Ii]/.test(text)) place = text.slice(2) || (text === '-I' ? (rest[at + 1]?.texts[0] ?? '') : '{}');
      if (!text.startsWith('-') || text === '-') break;
      if (wrappers[program]?.has(text) === true) at++;
    }
    if (wrappersWithWord.has(program)) at++;
    const words = rest.slice(at);
    if (program === 'npx' || program === 'bunx' || program === 'uvx' || program === 'parallel') this.isUnclear = true;
    if (program !== 'xargs') { this.#command(inner, words, depth); return; }
    // What comes through the pipe are more words; those that stand in the script are known.
    const given = command.before.flatMap(({ words: [before, ...args] }) => (/^(?:echo|printf)$/.test(before?.texts[0] ?? '') ? args.map((arg) => ({ ...arg, texts: arg.texts.flatMap((text) => text.split(/\\[n0]|\s+/)).filter((text) => text !== '' && !text.startsWith('%')) })) : []));
    if (command.input !== undefined) given.push({ texts: command.input.split(/\s+/).filter((text) => text !== ''), patterns: [], isKnown: true });
    if (given.length === 0) this.isUnclear = true;
    const more = given.flatMap((word) => word.texts.map((text) => ({ ...word, texts: [text] })));
    if (place === '' || more.length === 0) this.#command(command, [...words, ...more], depth);
    else for (const { texts: [text = ''] } of more.slice(0, MOST_GIVEN)) this.#command(command, words.map((word) => ({ ...word, texts: word.texts.map((each) => each.replaceAll(place, () => text)) })), depth);
  }

  #again(script: string, command: ShellCommand, depth: number, isKnown: boolean): void {
    if (!isKnown) this.isUnclear = true;
    this.script(script, { ...command.scope, cwd: command.cwd }, depth + 1);
  }

  #shell(command: ShellCommand, rest: readonly Word[], depth: number): void {
    const option = rest.findIndex(({ texts }) => /^-[A-Za-z]*c$/.test(texts[0] ?? ''));
    const at = rest[option + 1]?.texts[0] === '--' ? option + 2 : option + 1;
    const script = rest[at];
    if (option >= 0 && script !== undefined) {
      // The words behind a script are its arguments, from $0 on.
      const variables = new Map(command.scope.variables);
      const [own, ...given] = rest.slice(at + 1);
      if (own !== undefined) {
        variables.set('0', valuesIn([own]));
        setArguments(variables, given);
      }
      this.#again(script.texts[0] ?? '', { ...command, scope: { ...command.scope, variables } }, depth, script.isKnown);
      return;
    }
    if (command.input !== undefined) { this.#again(command.input, command, depth, true); return; }
    // A script from a pipe, where it stands in this script.
    const [piped, ...others] = command.before;
    const args = piped?.words.slice(1).map(({ texts }) => texts[0] ?? '');
    if (others.length === 0 && args !== undefined && /^(?:echo|printf)$/.test(piped?.words[0]?.texts[0] ?? '')) { this.#again(args.join(' ').replaceAll('\\n', '\n'), command, depth, true); return; }
    this.isUnclear = true;
    this.#files(command, 'sh', rest);
  }

  /** What looks like a file in a program text counts when there is such a file. */
  #interpreter(command: ShellCommand, program: string, rest: readonly Word[]): void {
    this.isUnclear ||= !/awk$/.test(program);
    const takesText = interpreters[program] as RegExp;
    const texts = [...rest.flatMap(({ texts: [text = ''] }, index) => (takesText.test(rest[index - 1]?.texts[0] ?? '') || /awk$/.test(program) ? [text] : [])), command.input ?? ''];
    const names = new Set(texts.flatMap((text) => text.match(/[\p{L}\p{N}_.~/\\*@+-]{2,}/gu) ?? []));
    const writes = texts.some((text) => WRITES.test(text));
    for (const path of [...names].slice(0, 200)) {
      const touch: Touch = { path, isPattern: false, access: 'read', isTree: false, ifThere: true, cwd: command.cwd };
      this.touches.push(touch, ...(writes ? [{ ...touch, access: 'write' as const, isGuess: true as const }] : []));
    }
  }

  /** What of this machine is to be seen inside of a container. */
  #mounts(command: ShellCommand, rest: readonly Word[]): void {
    for (const word of rest) {
      for (const text of word.texts) {
        const value = text.replace(/^--?[\w-]+=/, '');
        const outside = /^([^:,=]+):/.exec(value)?.[1] ?? /(?:^|,)(?:source|src)=([^,]+)/.exec(text)?.[1];
        if (outside !== undefined) this.#add({ ...word, texts: [outside] }, 'read', command, {});
      }
    }
  }

  /** What lists names for another command to read. */
  #feeder(command: ShellCommand, [first, ...rest]: readonly Word[], depth: number): void {
    const program = first?.texts[0] ?? '';
    const args = rest.map(({ texts }) => texts[0] ?? '');
    if (program === 'find') this.#find(command, rest, depth, 'read');
    else if (program === 'ls' && rest.every(({ patterns }) => patterns.length === 0)) this.#trees(command, rest.filter(({ texts }) => !(texts[0] ?? '').startsWith('-')), 'read', (path) => !path.slice(1).includes('/') && (args.some((arg) => /^-[A-Za-z]*[aA]/.test(arg)) || !path.startsWith('/.')));
  }

  #find(command: ShellCommand, rest: readonly Word[], depth: number, implied?: Access): void {
    const text = (at: number) => rest[at]?.texts[0] ?? '';
    const expression = rest.findIndex((_word, at) => /^[-(!]/.test(text(at)) && !/^-[HLP]$/.test(text(at)));
    const starts = (expression < 0 ? rest : rest.slice(0, expression)).filter(({ texts }) => !/^-[HLP]$/.test(texts[0] ?? ''));
    const names: string[] = [];
    let access = implied;
    for (let at = Math.max(expression, 0); at < rest.length; at++) {
      const word = text(at);
      if (/^-i?(?:name|path|wholename)$/.test(word) && !/^(?:!|-not)$/.test(text(at - 1))) names.push(text(++at));
      else if (word === '-delete') access = 'write';
      else if (/^-(?:exec|execdir|ok|okdir)$/.test(word)) {
        const end = rest.findIndex((each, index) => index > at && /^[;+]$/.test(each.texts[0] ?? ''));
        const inner = rest.slice(at + 1, end < 0 ? undefined : end).filter(({ texts }) => texts[0] !== '{}');
        const before = this.touches.length;
        this.#command(command, inner, depth);
        const writes = writingPrograms.has(inner[0]?.texts[0] ?? '') || this.touches.slice(before).some((touch) => touch.access === 'write');
        access = access === 'write' || writes ? 'write' : namingPrograms.has(inner[0]?.texts[0] ?? '') || textPrograms.has(inner[0]?.texts[0] ?? '') ? access : 'read';
        at = end < 0 ? rest.length : end;
      } else if (/^-(?:fprint|fprintf|fls)/.test(word)) this.#add(rest[++at], 'write', command, { surely: true });
    }
    if (access === undefined) return;
    this.#trees(command, starts, access, names.length === 0 ? undefined : (path) => names.some((name) => wildly(name, path)));
  }

  #trees(command: ShellCommand, starts: readonly Word[], access: Access, only?: (path: string) => boolean): void {
    const folders = starts.length === 0 ? [{ path: '.', isPattern: false }] : starts.flatMap(({ texts, patterns }) => texts.map((path) => ({ path, isPattern: patterns.includes(path) })));
    for (const { path, isPattern } of folders) this.touches.push({ path, isPattern, access, isTree: true, ifThere: false, cwd: command.cwd, ...(only && { only }) });
  }

  #git(command: ShellCommand, rest: readonly Word[]): void {
    let { cwd } = command;
    let at = 0;
    for (; at < rest.length; at++) {
      const text = rest[at]?.texts[0] ?? '';
      if (text === '-C') cwd = joined(cwd, rest[at + 1]?.texts[0] ?? '');
      if (gitOptionsWithWord.has(text)) at++;
      else if (!text.startsWith('-')) break;
    }
    const verb = rest[at]?.texts[0] ?? '';
    const here = { ...command, cwd };
    if (gitNaming.has(verb) || namesOnly(verb, rest.slice(at + 1).map(({ texts }) => texts[0] ?? ''))) return;
    const access: Access = gitWriting.has(verb) ? 'write' : 'read';
    let message = false;
    for (const word of rest.slice(at + 1)) {
      const text = word.texts[0] ?? '';
      if (!message && !text.startsWith('-')) {
        this.#add(word, access, here, { surely: /^(?:add|rm|mv)$/.test(verb), isTree: /^(?:rm|mv)$/.test(verb) });
        // `git show HEAD:file`, `git diff a:file`.
        const [, file] = /^[^:]*:(.+)$/.exec(text) ?? [];
        if (file !== undefined) this.#add({ ...word, texts: [file] }, 'read', here, { surely: true });
      }
      message = /^(?:-m|--message|--author|--grep|-S|-G|-b|-B)$/.test(text);
    }
    if (verb === 'grep' && rest.some(({ texts }) => texts[0] === '--no-index')) this.#trees(here, [], 'read');
  }

  #files(command: ShellCommand, program: string, rest: readonly Word[]): void {
    const options = rest.flatMap(({ texts: [text = ''] }) => (text.startsWith('-') && text !== '-' ? [text] : []));
    const has = (letters: RegExp, ...long: string[]) => options.some((option) => (option.startsWith('--') ? long.includes(option.replace(/=.*/, '')) : letters.test(option)));
    const inPlace = (/^g?sed$|^perl$/.test(program) && has(/^-[A-Za-z]*i/, '--in-place')) || (program === 'sort' && has(/^-o/, '--output')) || (program === 'yq' && has(/^-[A-Za-z]*i/, '--inplace', '--in-place'));
    const isWriting = writingPrograms.has(program) || inPlace;
    const surely = isWriting || readingPrograms.has(program) || copyingPrograms.has(program) || program === 'dd';
    const pattern = patternPrograms[program];
    let skips = pattern !== undefined && !options.some((option) => pattern.test(option)) ? 1 : program === 'chmod' || program === 'chown' || program === 'chgrp' ? 1 : 0;
    const files: { readonly word: Word; readonly place: ShellCommand }[] = [];
    let place = command;
    for (const [at, word] of rest.entries()) {
      const text = word.texts[0] ?? '';
      const before = rest[at - 1]?.texts[0] ?? '';
      // The text of a program, which was read as one, and a pattern of what is to be left out.
      if (at > 0 && Object.hasOwn(interpreters, program) && interpreters[program]?.test(before)) continue;
      if (filterOptions.test(before)) continue;
      if (Object.hasOwn(targetOptions, program) && targetOptions[program]?.test(before) === true) { this.#add(word, 'write', command, { surely: true }); continue; }
      if (program === 'tar' && /^(?:-C|--directory)$/.test(before)) {
        // What follows is relative to it; and what is taken out of an archive lands in it.
        place = { ...command, cwd: joined(command.cwd, text) };
        if (/^-?[A-Za-z]*x|^--(?:extract|get)$/.test(rest[0]?.texts[0] ?? '')) this.#add(word, 'write', command, { surely: true });
        continue;
      }
      if (outputOptions.test(before) && !/^(?:grep|egrep|rg|ls)$/.test(program)) this.#add(word, 'write', command, { surely: true });
      else if (text.startsWith('-') && text !== '-') this.#option(command, word, text, surely);
      else if (skips > 0) skips--;
      else files.push({ word, place });
    }
    const recursive = this.#recursion(program, has);
    const only = recursive ? filtersOf(program, rest.map(({ texts }) => texts[0] ?? ''), has) : undefined;
    for (const [at, { word, place: own }] of files.entries()) {
      const isLast = at === files.length - 1 && files.length > 1;
      const access: Access = isWriting || (copyingPrograms.has(program) && isLast && !options.some((option) => /^(?:-t|--target-directory)/.test(option))) ? 'write' : 'read';
      this.#add(word, access, own, { surely, isTree: recursive && !(copyingPrograms.has(program) && isLast), ...(only && { only }) });
      // `dd if=FILE`, and whatever else has a file behind "=".
      const [, name, value] = /^([\w-]+)=(.+)$/.exec(word.texts[0] ?? '') ?? [];
      if (value !== undefined) this.#add({ ...word, texts: [value] }, name === 'of' ? 'write' : 'read', command, { surely: program === 'dd' });
    }
    if (recursive && files.length === 0 && /^(?:grep|egrep|fgrep|rg|ag|ack)$/.test(program) && command.before.length === 0) this.#trees(command, [], 'read', only);
  }

  #recursion(program: string, has: (letters: RegExp, ...long: string[]) => boolean): boolean {
    if (/^(?:rg|ag|ack|tar|rsync|mv)$/.test(program)) return true;
    if (/^(?:grep|egrep|fgrep|zgrep)$/.test(program)) return has(/^-[A-Za-z]*[rR]/, '--recursive', '--dereference-recursive');
    if (/^(?:cp|rm|scp|zip|diff|chmod|chown|chgrp|shred)$/.test(program)) return has(/^-[A-Za-z]*[rRa]/, '--recursive', '--archive');
    return false;
  }

  /** `--file=X`, `-fX`, `-d@X`. */
  #option(command: ShellCommand, word: Word, text: string, surely: boolean): void {
    const value = /^--?[\w-]+=(.+)$/.exec(text)?.[1] ?? /^-\w+(@.+)$/.exec(text)?.[1] ?? /^-\w([./~].*)$/.exec(text)?.[1];
    const isFilter = /^--(?:include|exclude|exclude-dir|glob|iglob|ignore|exclude-from)=/.test(text);
    if (value !== undefined && !isFilter) this.#add({ ...word, texts: [value] }, /^--?(?:output|o)/.test(text) ? 'write' : 'read', command, { surely });
  }

  #add(word: Word | undefined, access: Access, { cwd }: ShellCommand, how: { surely?: boolean; isTree?: boolean; only?: (path: string) => boolean }): void {
    if (word === undefined) return;
    if (!word.isKnown) this.isUnclear = true;
    for (const text of word.texts) {
      const path = text.replace(/^@(?=.)/, '').replace(/^file:\/\/(?:localhost)?/, '');
      if (path === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) continue;
      const looksLikeOne = !/\s/.test(path) && (how.surely === true || path.includes('/') || path.startsWith('.'));
      this.touches.push({ path, isPattern: word.patterns.includes(text), access, isTree: how.isTree === true, ifThere: !looksLikeOne, cwd, ...(how.only && { only: how.only }) });
    }
  }
}
