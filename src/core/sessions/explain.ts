import { reasonText } from './describe.ts';
import { evidenceSources, type Evidence, type EvidenceSource, type Session } from './model.ts';
import { nameOf } from './order.ts';

const sourceNames: Readonly<Record<EvidenceSource, string>> = {
  registry: "the agent's own register",
  hook: 'a hook',
  transcript: 'the transcript',
  title: 'the terminal title',
  screen: 'the screen',
  process: 'the process',
  user: 'you',
};

const stateWords: Readonly<Record<Session['verdict']['state'], string>> = {
  waiting: 'waits for you',
  error: 'stopped with an error',
  done: 'is done, and you have not looked at it',
  idle: 'is idle',
  working: 'works',
  ended: 'has ended',
};

/** Of each source, so many of the last things that it said. */
const SHOWN = 3;

/** Why a session is shown as it is, in sentences: the verdict, what decided, and what else was said. */
export function explain(session: Session, now: number): readonly string[] {
  const { verdict } = session;
  const because = verdict.because;
  const reason = reasonText(verdict.reason);
  const lines = [`${nameOf(session)} ${stateWords[verdict.state]}${reason === '' ? '' : ` (${reason})`} since ${age(verdict.since, now)}.`];
  lines.push(because.length === 0 ? 'Nobody has said anything of its state yet.' : `So ${because.map((each) => said(each, now)).join(', and ')}.`);
  if (verdict.unsure) lines.push('This is not sure: what was seen changes too fast, so it raises no alert.');
  if (verdict.background.length > 0) lines.push(`In the background: ${verdict.background.map(({ type, description }) => (description === '' ? type : `${description} (${type})`)).join(', ')}.`);
  if (verdict.settlesAt !== undefined && verdict.settlesAt > now) lines.push(`It will be looked at again in ${((verdict.settlesAt - now) / 1000).toFixed(1)} s, for it may be about to change.`);
  const others = evidenceSources.flatMap((source) => verdict.evidence.filter((each) => each.source === source).slice(0, SHOWN)).filter((each) => !because.includes(each));
  for (const each of others) lines.push(`Also, ${said(each, now)}.`);
  return lines;
}

function said({ source, state, says, reason, at, call }: Evidence, now: number): string {
  const what = reasonText(reason);
  const meaning = state === 'noted' || state === 'looked' ? '' : `: ${state}${what === '' ? '' : `, ${what}`}`;
  const which = call !== undefined && what === '' && source === 'hook' ? ` of ${call}` : '';
  return `${sourceNames[source]} said ${says ?? 'so'}${which} ${age(at, now)} ago${meaning}`;
}

/** `3 s`, `4 m`, `2 h`, `5 d`. */
export function age(at: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
