import type { Reason, SessionState } from '../model.ts';
import { shortLine } from '../shortText.ts';
import type { PaneKind, ScreenRule, ScreenRules } from './rules.ts';

/** What a pane of a terminal shows beside its text. */
export interface Pane {
  /** The name of the program in the foreground. */
  readonly command: string;
  readonly title: string;
}

export interface PaneProgram {
  readonly kind: PaneKind;
  /** `claude`, `codex`, …; `llm` for one without rules of its own; undefined when no agent runs there. */
  readonly agent: string | undefined;
}

/** What a rule says of an agent. */
export interface RuleSays {
  /** The rule's id. */
  readonly rule: string;
  readonly state: ScreenRule['state'];
  readonly reason: Reason | undefined;
}

/** A terminal has rarely more lines, and rules look at its end. */
const mostLines = 60;
const longestLine = 300;
const longestDetail = 160;

/** Tells what runs in a pane. */
export function programOf({ panes }: ScreenRules, command: string): PaneProgram {
  const rule = panes.find((each) => each.command.test(command));
  return { kind: rule?.kind ?? 'other', agent: rule?.agent };
}

/** What an agent does by the title of its terminal: by those rules that look at nothing else. */
export function readTitle(rules: ScreenRules, agent: string, pane: Pane): RuleSays | undefined {
  return firstThatFits(rules, agent, pane, '', ({ title, lines }) => title !== undefined && lines.length === 0);
}

/** What an agent does by its screen. */
export function readScreen(rules: ScreenRules, agent: string, pane: Pane, screen: string): RuleSays | undefined {
  return firstThatFits(rules, agent, pane, screen, ({ title, lines }) => title === undefined || lines.length > 0);
}

/** The emojis for a tmux status line: an agent that is at rest or needs something, one that works, and what else there is. */
export function emojiOf(kind: PaneKind, state: SessionState | undefined): string {
  switch (kind) {
    case 'llm': return state === undefined || state === 'working' ? '🤖' : '💬';
    case 'editor': return '📝';
    case 'script': return '🐍';
    case 'shell': return '⌨️';
    case 'other': return '';
  }
}

function firstThatFits({ rules }: ScreenRules, agent: string, pane: Pane, screen: string, isMeant: (rule: ScreenRule) => boolean): RuleSays | undefined {
  const whose = rules.some((rule) => rule.agent === agent) ? agent : '*';
  const lines = lastLines(screen);
  for (const rule of rules) {
    const groups = rule.agent === whose && isMeant(rule) ? match(rule, pane, lines) : undefined;
    if (groups !== undefined) return { rule: rule.id, state: rule.state, reason: filled(rule.reason, groups) };
  }
  return undefined;
}

function lastLines(screen: string): readonly string[] {
  const lines = screen.split('\n').map((line) => line.slice(0, longestLine).trimEnd());
  return lines.filter((line) => line !== '').slice(-mostLines);
}

/** The named groups of all patterns when the rule fits, else undefined. */
function match(rule: ScreenRule, pane: Pane, lines: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (rule.title?.test(pane.title) === false || rule.command?.test(pane.command) === false) return undefined;
  const text = lines.slice(-rule.last).join('\n');
  const groups: Record<string, string> = {};
  for (const pattern of rule.lines) {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    Object.assign(groups, found.groups);
  }
  return rule.not.some((pattern) => pattern.test(text)) ? undefined : groups;
}

function filled(reason: Reason | undefined, groups: Readonly<Record<string, string>>): Reason | undefined {
  if (reason?.detail === undefined) return reason;
  const detail = reason.detail.replace(/\$<(\w+)>/g, (_, name: string) => groups[name] ?? '');
  // A long line is broken in a narrow pane.
  return { kind: reason.kind, detail: shortLine(detail, longestDetail) };
}
