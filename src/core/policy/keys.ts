/** The words of a policy file, with what they do: for the parser, for messages, and for help in an editor. */

export interface PolicyKey {
  /** From the outside in, such as `read.deny`. */
  readonly path: string;
  readonly kind: 'section' | 'patterns' | 'folders' | 'commands' | 'choice' | 'flag' | 'version';
  readonly choices?: readonly string[];
  readonly help: string;
}

export const policyKeys: readonly PolicyKey[] = [
  { path: 'version', kind: 'version', choices: ['1'], help: 'The version of this format: 1.' },
  { path: 'read', kind: 'section', help: 'What agents may read. What they may not read they may not write either.' },
  { path: 'read.deny', kind: 'patterns', help: 'Files and folders that agents neither read nor write. A name without "/" counts in every folder ("*.env"); "~" is the home folder; a path that begins with neither "/" nor "~" is relative to the top of the repository. A folder stands for all that is in it. Put patterns that begin with "*" in quotes.' },
  { path: 'read.ask', kind: 'patterns', help: 'Files and folders that agents read or write only when you say yes each time. The hook and the agent\'s rules ask; what a script opens, in a sandbox or not, is not asked about.' },
  { path: 'read.only', kind: 'folders', help: 'When there is this list, agents read nothing outside of these folders. Only the hook holds this: the agent has no rule of its own for it, and its sandbox is not told. What a script opens is not covered.' },
  { path: 'write', kind: 'section', help: 'What agents may change, create and remove.' },
  { path: 'write.deny', kind: 'patterns', help: 'Files and folders that agents may read but not change.' },
  { path: 'write.ask', kind: 'patterns', help: 'Files and folders that agents change only when you say yes each time.' },
  { path: 'write.only', kind: 'folders', help: 'When there is this list, agents change nothing outside of these folders. "." is the repository. Only the hook holds this, as with read.only. Where the agent\'s sandbox is on, it has a limit of its own: commands write below the folder of the session and in a temporary folder.' },
  { path: 'commands', kind: 'section', help: 'What agents may run in a shell.' },
  { path: 'commands.deny', kind: 'commands', help: 'Commands that agents do not run. The words that a command begins with; options count wherever they stand ("git push --force").' },
  { path: 'commands.ask', kind: 'commands', help: 'Commands that agents run only when you say yes each time.' },
  { path: 'commands.unclear', kind: 'choice', choices: ['allow', 'ask', 'deny'], help: 'What happens to a command whose files cannot be told from its text, such as a script or a variable from elsewhere. Default: allow.' },
  { path: 'failClosed', kind: 'flag', help: 'Whether agents are stopped when Wheelhouse itself does not work. Default: false.' },
  { path: 'sandbox', kind: 'choice', choices: ['off', 'on', 'required'], help: "Whether commands run in the agent's sandbox, the only layer that also holds for what a script opens. It takes read.deny and write.deny: paths, and of names the files below the folder of the session. on: where the system has one, and a command leaves it with your yes; required: no command leaves it, and without it Claude Code does not start. Default: off." },
];

/** The keys right below a section; those of the file itself for ''. */
export function keysIn(section: string): readonly PolicyKey[] {
  return policyKeys.filter(({ path }) => (section === '' ? !path.includes('.') : path.startsWith(`${section}.`)));
}

/** Whether its value is a list: of patterns, of folders or of commands. */
export function isList({ kind }: PolicyKey): boolean {
  return kind === 'patterns' || kind === 'folders' || kind === 'commands';
}

export function keyAt(path: string): PolicyKey | undefined {
  return policyKeys.find((key) => key.path === path);
}
