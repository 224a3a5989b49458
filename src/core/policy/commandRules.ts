import type { CommandRule } from './model.ts';
import { gitOptionsWithWord } from './shell/programs.ts';

/**
 * Whether a rule about commands is about this one: its words are the first that are no options, in this order,
 * and its options stand anywhere, also together with others ("-rf" is "-r -f" is "-fr").
 */
export function isAbout({ words }: CommandRule, command: readonly string[]): boolean {
  const [program, ...args] = command;
  const plain = [program ?? '', ...withoutGitOptions(program, args)].filter((word, index) => index === 0 || !word.startsWith('-'));
  const options = args.filter((word) => word.startsWith('-'));
  let next = 0;
  for (const word of words) {
    if (next > 0 && word.startsWith('-')) {
      if (!hasOption(options, word)) return false;
    } else if (!named(word, plain[next++])) return false;
  }
  return true;
}

function withoutGitOptions(program: string | undefined, args: readonly string[]): readonly string[] {
  if (program !== 'git') return args;
  let at = 0;
  while (at < args.length && (args[at] ?? '').startsWith('-')) at += gitOptionsWithWord.has(args[at] ?? '') ? 2 : 1;
  return args.slice(at);
}

function hasOption(options: readonly string[], wanted: string): boolean {
  if (wanted.startsWith('--')) return options.some((option) => option === wanted || option.startsWith(`${wanted}=`));
  return Array.from(wanted.slice(1)).every((letter) => options.some((option) => !option.startsWith('--') && option.slice(1).includes(letter)));
}

/** A star is any part of a word. */
function named(pattern: string, word: string | undefined): boolean {
  if (word === undefined) return false;
  return new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(word);
}
