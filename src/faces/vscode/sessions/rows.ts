import { age, byNeed, isSessionId, nameOf, reasonText, sessionStates, type Session, type SessionState } from '../../../core/sessions/index.ts';
import type { Standing } from '../../../adapters/node/coordination/standings.ts';
import type { CommandId, CoordinationArgument, SessionGrouping } from '../contributions.ts';
import { standingDetails } from '../coordination/details.ts';
import { formatAge } from '../review/age.ts';

/** One line of the tree below a session. */
export interface RowDetail {
  readonly key: string;
  readonly icon: string;
  readonly text: string;
  /** Behind the text, dimmed. */
  readonly more?: string;
  readonly kind: string;
  /** What the `when` clauses of menus look for; default `detail`. */
  readonly words?: string;
  /** What the commands of its menu are about. */
  readonly about?: CoordinationArgument;
  /** What a click opens. */
  readonly file?: { readonly worktree: string; readonly path: string };
}

/** A line that is about no session, but about several, or about all. */
export interface Notice {
  readonly key: string;
  readonly icon: string;
  readonly text: string;
  readonly more: string;
  readonly tooltip: string;
  readonly words: string;
  readonly command: CommandId;
  readonly about: CoordinationArgument;
  /** Of the group below which it stands when there are groups of projects; else it comes first. */
  readonly project?: string;
}

export interface Row {
  readonly session: Session;
  readonly label: string;
  /** `approve Bash: rm -rf build · 3 m` */
  readonly description: string;
  /** What the `when` clauses of menus look for. */
  readonly words: string;
  /** For a screen reader. */
  readonly spoken: string;
  readonly details: readonly RowDetail[];
}

export interface RowGroup {
  /** Stable, so that a collapsed group stays collapsed. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly rows: readonly Row[];
}

export interface Project {
  /** Absolute; work trees of one repository have the same. */
  readonly path: string;
  readonly name: string;
}

export interface RowQuestion {
  readonly by: SessionGrouping;
  readonly now: number;
  /** undefined for a session whose folder is not known. */
  readonly projectOf: (session: Session) => Project | undefined;
  readonly isMuted: (session: Session) => boolean;
  /** What it has claimed, where it waits and what it says; where that is not known yet, nothing is shown. */
  readonly holdingsOf?: (session: Session) => Standing | undefined;
}

export const stateLooks: Readonly<Record<SessionState, { readonly icon: string; readonly color: string; readonly name: string }>> = {
  waiting: { icon: 'bell-dot', color: 'list.warningForeground', name: 'Waiting' },
  error: { icon: 'error', color: 'charts.red', name: 'Error' },
  done: { icon: 'pass-filled', color: 'charts.green', name: 'Done' },
  idle: { icon: 'circle-outline', color: 'descriptionForeground', name: 'Idle' },
  working: { icon: 'pulse', color: 'charts.blue', name: 'Working' },
  ended: { icon: 'circle-slash', color: 'disabledForeground', name: 'Ended' },
};

/** The tree: groups in the order of the neediest session in them, and in each the sessions by need. With `none`, one group. */
export function groupRows(sessions: readonly Session[], question: RowQuestion): RowGroup[] {
  const groups = new Map<string, { label: string; tooltip: string; sessions: Session[] }>();
  for (const session of [...sessions].sort(byNeed)) {
    const { key, ...group } = groupOf(session, question);
    const known = groups.get(key);
    if (known) known.sessions.push(session);
    else groups.set(key, { ...group, sessions: [session] });
  }
  return [...groups].map(([key, { label, tooltip, sessions: inside }]) => ({
    key,
    label,
    tooltip,
    description: question.by === 'state' ? String(inside.length) : needText(inside, inside.every(question.isMuted)),
    rows: inside.map((session) => rowOf(session, question, sessions)),
  }));
}

function groupOf(session: Session, { by, projectOf }: RowQuestion): { key: string; label: string; tooltip: string } {
  const { state } = session.verdict;
  if (by === 'state') return { key: state, label: stateLooks[state].name, tooltip: '' };
  if (by === 'none') return { key: '', label: '', tooltip: '' };
  const project = projectOf(session);
  return project ? { key: project.path, label: project.name, tooltip: project.path } : { key: '?', label: 'Folder unknown', tooltip: '' };
}

function needText(sessions: readonly Session[], muted: boolean): string {
  const waiting = sessions.filter(({ verdict }) => verdict.state === 'waiting').length;
  return [...(waiting > 0 ? [`${waiting} waiting`] : []), ...(muted ? ['muted'] : [])].join(' · ');
}

function rowOf(session: Session, { now, isMuted, holdingsOf }: RowQuestion, sessions: readonly Session[]): Row {
  const { verdict, facts } = session;
  const label = nameOf(session);
  const parts = [whatText(session), ageText(verdict.since, now)];
  const tasks = verdict.background.length;
  if (tasks > 0 && verdict.reason?.kind !== 'background') parts.splice(1, 0, `${tasks} in background`);
  if (verdict.unsure) parts.splice(1, 0, 'not sure');
  const words = ['session', verdict.state, isMuted(session) ? 'muted' : 'loud'];
  if (facts.transcript !== undefined) words.push('transcript');
  if (isResumable(session)) words.push('resumable');
  if (verdict.state !== 'ended' && facts.pid !== undefined) words.push('alive');
  return {
    session,
    label,
    description: parts.filter((part) => part !== '').join(' · '),
    words: words.join(' '),
    spoken: `${label}, ${stateLooks[verdict.state].name}: ${parts.join(', ')}`,
    details: detailsOf(session, holdingsOf?.(session), namesFor(sessions)),
  };
}

function whatText({ verdict }: Session): string {
  const reason = reasonText(verdict.reason);
  return reason === '' ? verdict.state : reason;
}

/** For a list: `now`, `3 m`, `5 h`, `yesterday 14:23`, `12 Nov`. */
export function ageText(at: number, now: number): string {
  if (now - at < 60_000) return 'now';
  const then = new Date(at);
  const sameDay = then.toDateString() === new Date(now).toDateString();
  if (sameDay || now - at < 3_600_000) return age(at, now);
  return formatAge({ year: then.getFullYear(), month: then.getMonth() + 1, day: then.getDate(), hour: then.getHours(), minute: then.getMinutes() }, new Date(now));
}

/** Claude Code alone has a command for it that is known here. */
export function isResumable({ id, agent, facts }: Session): boolean {
  return agent === 'claude' && isSessionId(id) && facts.cwd !== undefined;
}

/** Sessions speak of each other by their ids; the user knows them by name. */
export function namesFor(sessions: readonly Session[]): (id: string) => string {
  return (id) => {
    const found = sessions.find((session) => session.id === id);
    if (found !== undefined) return nameOf(found);
    return id === 'user' ? 'you' : /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) ? id.slice(0, 8) : id;
  };
}

function detailsOf({ verdict, facts }: Session, standing: Standing | undefined, nameFor: (id: string) => string): RowDetail[] {
  const tasks = verdict.background.map(({ id, type, description }, index) => ({ key: `task ${id} ${index}`, icon: 'layers', text: description === '' ? type : description, kind: type }));
  const prompt = facts.lastPrompt === undefined || facts.lastPrompt === '' ? [] : [{ key: 'prompt', icon: 'comment', text: facts.lastPrompt, kind: 'Last prompt' }];
  return [...(standing === undefined ? [] : standingDetails(standing, nameFor)), ...tasks, ...prompt];
}

/** How many sessions are in each state. */
export function countStates(sessions: readonly Session[]): Readonly<Record<SessionState, number>> {
  const counts = Object.fromEntries(sessionStates.map((state) => [state, 0])) as Record<SessionState, number>;
  for (const { verdict } of sessions) counts[verdict.state]++;
  return counts;
}

/** `2 waiting · 5 working`; undefined when nobody does either. */
export function statusText(sessions: readonly Session[]): string | undefined {
  const { waiting, working } = countStates(sessions);
  const parts = [...(waiting > 0 ? [`${waiting} waiting`] : []), ...(working > 0 ? [`${working} working`] : [])];
  return parts.length === 0 ? undefined : parts.join(' · ');
}
