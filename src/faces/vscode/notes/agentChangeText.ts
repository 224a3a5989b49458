/** A change by an agent in words. Session and path come from the history, which anybody can write. */
import nodePath from 'node:path';
import type { AgentChange } from '../../../adapters/node/notes/agent-changes.ts';
import type { Session } from '../../../core/sessions/index.ts';
import { namesFor } from '../sessions/rows.ts';
import { ageText, lineOf, placeOf } from './noteText.ts';

/** What the list of sessions calls it; else the beginning of its id. */
function agentName(session: string, sessions: readonly Session[]): string {
  const name = namesFor(sessions)(session);
  return name === session || session.startsWith(name) ? `session ${lineOf(name, 40)}` : lineOf(name, 60);
}

/** `created by invoice-rounding · 3 h`, and below it the whole id and where the note lies. */
export function changeText(change: AgentChange, { sessions, folders, now }: { readonly sessions: readonly Session[]; readonly folders: readonly string[]; readonly now: number }): { readonly label: string; readonly description: string; readonly detail: string } {
  return {
    label: `$(${change.isUndone ? 'discard' : change.isNew ? 'diff-added' : 'diff-modified'}) ${lineOf(nodePath.basename(change.path))}`,
    description: `${doneBy(change, sessions)} · ${ageText(change.at, now)}${change.isUndone ? ' · undone' : ''}`,
    detail: `Session ${lineOf(change.session, 40)} · ${lineOf(placeOf(change.path, folders))}`,
  };
}

/** `shopping.org: changed by invoice-rounding` */
export function comparisonTitle(change: AgentChange, sessions: readonly Session[]): string {
  return `${nodePath.basename(change.path)}: ${doneBy(change, sessions)}`;
}

function doneBy({ isNew, session }: AgentChange, sessions: readonly Session[]): string {
  return `${isNew ? 'created' : 'changed'} by ${agentName(session, sessions)}`;
}
