/** What the options of a command say of the files that it takes in, and whether it says more of them than their names. */
import { matches } from '../glob.ts';
import { UNKNOWN, type Word } from './expand.ts';
import { namingPrograms, textPrograms, wrappers } from './programs.ts';

/** Whether what is given to "xargs" is only said again, or asked for its name, size and time. */
export function onlyNames(words: readonly Word[]): boolean {
  const texts = words.map(({ texts: [text = ''] }) => text);
  const program = texts.find((text, at) => at > 0 && !text.startsWith('-') && wrappers['xargs']?.has(texts[at - 1] ?? '') !== true) ?? 'echo';
  return texts[0] === 'xargs' && (namingPrograms.has(program) || textPrograms.has(program));
}

/** The text of a program that changes files, in the words of the usual languages. Each part has an end: a text of nothing but such words is gone through once. */
export const WRITES = /\bopen\([^()\n]{0,500},\s{0,20}(?:mode\s{0,20}=\s{0,20})?['"][rbt]*[wax+]|(?:write|append|unlink|remove|rename|rmtree|truncate|copy|move|symlink|chmod)\w{0,30}\s{0,20}[(!'"]|\brm(?:Sync|dir\w{0,30})?\s{0,20}\(|\bprintf?\b[^;}\n]{0,500}>/i;

/** Which files a search looks into, by its options. */
export function filtersOf(program: string, words: readonly string[], has: (letters: RegExp, ...long: string[]) => boolean): ((path: string) => boolean) | undefined {
  const values = (names: RegExp) => words.flatMap((word, at) => {
    const [, name = '', value] = /^(--[\w-]+)=(.*)$/.exec(word) ?? [];
    return value !== undefined && names.test(name) ? [value] : names.test(word) && words[at + 1] !== undefined ? [words[at + 1] as string] : [];
  });
  if (program === 'rg') {
    const globs = values(/^(?:-g|--glob|--iglob)$/);
    const [excluded, included] = [globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)), globs.filter((glob) => !glob.startsWith('!'))];
    const typed = has(/^-t/, '--type');
    const hidden = has(/^-[A-Za-z]*(?:\.|uu)/, '--hidden') || included.length > 0;
    return (path) => (hidden || !/(?:^|\/)\.[^/]+(?:$|\/)/.test(path)) && !excluded.some((glob) => wildly(glob, path)) && !typed && (included.length === 0 || included.some((glob) => wildly(glob, path)));
  }
  const [excluded, included] = [values(/^(?:--exclude|--exclude-dir)$/), values(/^--include$/)];
  if (excluded.length === 0 && included.length === 0) return undefined;
  return (path) => !excluded.some((glob) => wildly(glob, path)) && (included.length === 0 || included.some((glob) => wildly(glob, path)));
}

/** Whether "git log" or "git diff" says only which files changed, and how much. */
export function namesOnly(verb: string, words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const options = words.slice(0, end < 0 ? undefined : end).filter((word) => word.startsWith('-'));
  const shows = options.some((option) => /^(?:-[a-z]*[pu]|--patch.*|-c|--cc|--binary|--word-diff.*|--color-words.*|-U.*|--unified.*|-L.*|-W|--function-context|-m|--text|--diff-merges.*|--ext-diff)$/.test(option));
  if (shows) return false;
  return verb === 'log' || (verb === 'diff' && options.some((option) => /^--(?:stat|shortstat|numstat|dirstat|name-only|name-status|summary|quiet)(?:=.*)?$/.test(option)));
}

/** Whether a pattern of a program names this path or a part of it; rather once too often. */
export function wildly(pattern: string, path: string): boolean {
  if (pattern.includes(UNKNOWN)) return true;
  const glob = pattern.replace(/^.*\/(?=[^/]*$)/, '').replaceAll('**', '*');
  return path.split('/').some((part) => matches(glob, part, true));
}
