/** What the settings of Claude Code have for its hooks, as far as it tells of ours: the other side of what `hooks.ts` writes. */
import { fieldsOf, listOf, textOf } from './parsed.ts';

/** The commands that settings have for an event, each with the matcher that it stands under. */
export function hookCommandsIn(settings: unknown, event: string): readonly { readonly matcher: unknown; readonly command: string }[] {
  return listOf(fieldsOf(fieldsOf(settings)?.['hooks'])?.[event]).flatMap((entry) => {
    const { matcher, hooks } = fieldsOf(entry) ?? {};
    return listOf(hooks).map((hook) => ({ matcher, command: textOf(fieldsOf(hook)?.['command']) ?? '' }));
  });
}

/** The launcher of ours that a command starts, and whether it is written for the shell of Windows; undefined for another's command. */
export function launcherIn(command: string): { readonly launcher: string; readonly windows: boolean } | undefined {
  const [, posix, windows] = /(?:'((?:[^']|'\\'')*)'|"([^"]*)") hook(?: \|\| exit [02])?$/.exec(command) ?? [];
  const launcher = posix?.replaceAll("'\\''", "'") ?? windows;
  return launcher !== undefined && /[\\/]bin[\\/]wheelhouse(?:\.cmd)?$/.test(launcher) ? { launcher, windows: windows !== undefined } : undefined;
}

/** As Claude Code reads a matcher: none, empty or `*` is every tool; else a regular expression of the whole name. */
export function matcherTakes(matcher: unknown, tool: string): boolean {
  if (typeof matcher !== 'string' || matcher === '' || matcher === '*') return true;
  try {
    return new RegExp(`^(?:${matcher})$`).test(tool);
  } catch {
    return false;
  }
}
