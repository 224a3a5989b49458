/** `wheelhouse policy audit`: what every session tried, and whether the record of it is whole. */
import { AuditReader } from '../../../adapters/node/audit/read.ts';
import { settleSessions } from '../../../adapters/node/audit/settle-sessions.ts';
import { verifyAudit } from '../../../adapters/node/audit/verify.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import { auditCsv, auditJson, auditMatcher, parseSince, verificationText, type AuditCall, type AuditFilter } from '../../../core/audit/index.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain } from '../../../core/base/plain.ts';
import { oneOf, text, type Answer, type Input, type Verb } from '../verb.ts';

export const policyAudit: Verb = {
  usage: '[--denied] [--since T] [--session S] [--tool T] [--text WORDS] [--marked] [--format csv] [--verify]',
  summary: 'Every tool call of every session that the hooks told of, the oldest first: who tried what, who decided, what came of it. --since takes 30m, 12h, 7d or a date. --marked: violations and near-misses. --verify: whether a line of the record was removed or changed; exit 1 if so, with the file and the line.',
  options: {
    denied: { type: 'boolean' },
    marked: { type: 'boolean' },
    since: { type: 'string' },
    session: { type: 'string' },
    tool: { type: 'string' },
    text: { type: 'string' },
    format: { type: 'string' },
    verify: { type: 'boolean' },
  },
  args: [0, 0],
  run: (input) => (input.options['verify'] === true ? verify(input) : list(input)),
};

async function list(input: Input): Promise<Answer> {
  const filter = filterOf(input);
  const format = oneOf('format', input.options['format'], ['text', 'csv']);
  // What was denied before it is what a near-miss is near to, so marks are made from all of it.
  settleSessions(dataRootOf(input), Date.now());
  const reader = new AuditReader(dataRootOf(input));
  await reader.refresh();
  const calls = reader.calls();
  for (const file of reader.unreadable()) input.progress(`wheelhouse: ${file} could not be read, so its calls are missing here.`);
  const found = calls.filter(auditMatcher(filter));
  if (format === 'csv') return { json: found.map(auditJson), text: auditCsv(found) };
  const nothing = calls.length === 0 ? 'Nothing is on the record yet. "wheelhouse install claude" installs the hooks that keep it.' : 'No call on the record is like that.';
  return { json: found.map(auditJson), text: found.length === 0 ? nothing : found.map(lineOf).join('\n') };
}

async function verify(input: Input): Promise<Answer> {
  const found = await verifyAudit(dataRootOf(input), Date.now());
  return { json: found, text: plain([verificationText(found), ...found.breaks.slice(1).map(({ message }) => message)].join('\n')), exitCode: found.state === 'broken' ? 1 : 0 };
}

function filterOf({ options }: Input): AuditFilter {
  const since = text(options['since']);
  const at = since === undefined ? undefined : parseSince(since, Date.now());
  if (since !== undefined && at === undefined) throw new WheelhouseError('usage', `--since is a time such as 30m, 12h, 7d or 2026-03-14, not ${JSON.stringify(since)}.`);
  const [session, tool, words] = [text(options['session']), text(options['tool']), text(options['text'])];
  return {
    ...(options['denied'] === true && { decisions: ['denied', 'refused'] }),
    ...(options['marked'] === true && { marked: true }),
    ...(at !== undefined && { since: at }),
    ...(session !== undefined && { session }),
    ...(tool !== undefined && { tool }),
    ...(words !== undefined && { text: words }),
  };
}

const dataRootOf = (input: Input): string => resolveDataRoot(process.env, input.dataOverride).path;

function lineOf(call: AuditCall): string {
  const { at, session, name, agentId, tool, decision, layer, sure, result, durationMs, mark, reason } = call;
  const who = `${name ?? session.slice(0, 8)}${agentId === undefined ? '' : `/${agentId.slice(0, 8)}`}`;
  const by = layer === 'none' ? '' : ` by ${layer}`;
  const took = durationMs === undefined ? '' : ` in ${durationMs} ms`;
  const what = call.command ?? call.paths[0]?.asked ?? '';
  const why = mark?.kind === 'near-miss' ? mark.why : decision === 'denied' || decision === 'refused' ? (reason ?? '') : '';
  return plain(`${localTime(at)}  ${who}  ${tool}  ${oneLine(what, 100)}  ${decision}${sure === 'inferred' ? '?' : ''}${by}, ${result}${took}${mark === undefined ? '' : `  ${mark.kind}`}${why === '' ? '' : `: ${oneLine(why, 160)}`}`);
}

function oneLine(given: string, most: number): string {
  const line = given.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

function localTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
