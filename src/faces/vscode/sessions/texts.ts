/** What is said of one session, as Markdown and as messages. All of it comes from others, so it is escaped. */
import { age, explain, nameOf, reasonText, type Place, type Session } from '../../../core/sessions/index.ts';
import { plain } from '../review/markdown.ts';
import { stateLooks } from './rows.ts';

export interface Usage {
  readonly memoryBytes: number;
  readonly cpuPercent: number;
}

/** Of a prompt or an answer, a tooltip shows so much. */
const SHOWN = 300;

/** The tooltip of a row. @param usage undefined while it is not known. */
export function tooltipMarkdown(session: Session, now: number, usage?: Usage): string {
  const { verdict, facts } = session;
  const reason = reasonText(verdict.reason);
  const head = `**${plain(nameOf(session))}** — ${stateLooks[verdict.state].name.toLowerCase()}${reason === '' ? '' : `: ${plain(reason)}`}  \nsince ${plain(exactly(verdict.since))}`;
  const [, ...why] = explain(session, now);
  const lastWords = [['Last prompt', facts.lastPrompt], ['Last answer', facts.lastAnswer]].flatMap(([what, text]) => (text === undefined || text === '' ? [] : [`*${what}*  \n${plain(cut(text))}`]));
  return [head, ...(facts.title === undefined ? [] : [plain(facts.title)]), why.slice(0, verdict.unsure ? 2 : 1).map(plain).join('  \n'), lines(session, usage), ...lastWords].filter((part) => part !== '').join('\n\n');
}

/** The page of **Explain State**. */
export function explainMarkdown(session: Session, now: number): string {
  const [verdict = '', ...why] = explain(session, now);
  return [`# ${plain(nameOf(session))}`, plain(verdict), why.map((line) => `- ${plain(line)}`).join('\n'), '## Session', lines(session)].join('\n\n') + '\n';
}

function lines(session: Session, usage?: Usage): string {
  const { facts } = session;
  const tokens = facts.usage === undefined ? undefined : `${facts.usage.contextTokens.toLocaleString('en')} tokens in context`;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Folder', facts.cwd],
    ['Branch', facts.branch],
    ['Model', [facts.model, tokens].filter((part) => part !== undefined).join(' · ') || undefined],
    ['Where', facts.place && placeText(facts.place)],
    ['Process', facts.pid === undefined ? undefined : [String(facts.pid), ...(usage ? [usageText(usage)] : [])].join(' · ')],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${plain(value)}`])).join('  \n');
}

export function usageText({ memoryBytes, cpuPercent }: Usage): string {
  return `${Math.round(memoryBytes / (1024 * 1024))} MB · CPU ${cpuPercent} %`;
}

export function placeText(place: Place): string {
  if (place.kind === 'tmux') return `tmux ${place.session}, window ${place.window}`;
  return place.here ? 'a terminal of this window' : 'a terminal of another window';
}

/** For a session that no known terminal shows. */
export function whereabouts({ facts }: Session, now: number): string {
  const started = facts.startedAt === undefined ? '' : `, started ${age(facts.startedAt, now)} ago`;
  const from = facts.entrypoint === undefined ? '' : ` from ${facts.entrypoint}`;
  return `process ${facts.pid ?? 'unknown'} in ${facts.cwd ?? 'an unknown folder'}${started}${started === '' && from !== '' ? ', started' : ''}${from}`;
}

/** Messages and pick lists of VS Code make links of `[…](…)` and icons of `$(…)`: a text of others must not. */
export function literal(text: string): string {
  return text.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1).trimEnd()}…`;
}

function exactly(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
