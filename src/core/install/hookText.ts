/** The text of a git hook with our block in it. Everything else in it is somebody else's and stays. */

const opening = '# >>> wheelhouse >>>';
const closing = '# <<< wheelhouse <<<';
const ownShebang = '#!/bin/sh\n';

export interface HookBlock {
  /** Absolute path of the launcher, with '/' between the parts. */
  readonly launcher: string;
  /** Whether open comments stop the commit. */
  readonly block: boolean;
}

/**
 * The lines that check the commit. The launcher is named by its path, because a commit from a
 * window has no shell's PATH; without a launcher the lines do nothing. Only exit code 1 means that
 * comments are open: whatever else goes wrong with Wheelhouse is no reason to stop a commit.
 */
function blockText({ launcher, block }: HookBlock): string {
  const program = quote(launcher);
  const check = `${program} review check --staged`;
  return [
    opening,
    `# Names the open review comments on the files of this commit${block ? ', and stops it when there are any' : ''}. To take it out: wheelhouse uninstall git-hook`,
    `if [ -x ${program} ]; then`,
    block ? `  ${check} --block || [ $? -ne 1 ] || exit 1` : `  ${check} || :`,
    'fi',
    closing,
    '',
  ].join('\n');
}

/** For a hook that is kept by hand or by another program. */
export function hookCommand({ launcher, block }: HookBlock): string {
  return `${quote(launcher)} review check --staged${block ? ' --block' : ''}`;
}

/** Whether our block is in the hook, and whether it stops commits. */
export function readHook(text: string | undefined): 'none' | 'warns' | 'blocks' {
  const found = findBlock(text ?? '');
  if (!found) return 'none';
  return /review check --staged --block/.test(found.text) ? 'blocks' : 'warns';
}

/**
 * The hook with our block, right behind the first line and the `set` lines after it: a hook often
 * ends with `exit`. An older block is replaced where it stands.
 * @param text undefined when there is no hook.
 * @returns undefined when the hook is not written for a shell.
 */
export function addBlock(text: string | undefined, block: HookBlock): string | undefined {
  const added = blockText(block);
  if (text === undefined || text === '') return ownShebang + added;
  const old = findBlock(text);
  if (old) return text.slice(0, old.start) + added + text.slice(old.end);
  if (!isShell(text)) return undefined;
  const at = headEnd(text);
  const head = text.slice(0, at);
  return head + (head.endsWith('\n') ? '' : '\n') + added + text.slice(at);
}

/** The hook without our block; undefined when nothing but our first line is left. */
export function removeBlock(text: string): string | undefined {
  const found = findBlock(text);
  if (!found) return text;
  const rest = text.slice(0, found.start) + text.slice(found.end);
  return rest === ownShebang ? undefined : rest;
}

function findBlock(text: string): { start: number; end: number; text: string } | undefined {
  // Bounded, so that a block whose end somebody deleted does not reach into their own lines.
  const found = /^# >>> wheelhouse >>>\n(?:(?!# >>> wheelhouse)[^\n]*\n){0,8}?# <<< wheelhouse <<<(?:\n|(?![^]))/m.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length, text: found[0] } : undefined;
}

function isShell(text: string): boolean {
  return /^#![^\n]*[/ ](?:sh|bash|dash|zsh|ksh|ash)(?:\s|$)/.test(text) && !text.includes('\r\n');
}

/** Behind the first line, or behind the last `set` line of those that follow it. */
function headEnd(text: string): number {
  let at = lineEnd(text, 0);
  for (let end = at; end < text.length; ) {
    const next = lineEnd(text, end);
    const line = text.slice(end, next).trim();
    if (/^set\s/.test(line)) at = next;
    else if (line !== '' && !line.startsWith('#')) break;
    end = next;
  }
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

/** A word that a POSIX shell takes literally. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
