import { plain } from '../../core/base/plain.ts';
import { formatTimestamp, type PendingComment, type ReviewItem, type ReviewStats } from '../../core/review/index.ts';

const stateWord = (item: ReviewItem) => (item.state === 'done' ? (item.verified ? 'DONE' : 'DONE?') : item.state === 'todo' ? 'TODO' : 'WONTFIX');

export function formatItems(items: readonly ReviewItem[]): string {
  return items.map((item) => plain(`${item.id}  ${stateWord(item).padEnd(7)} ${item.severity.padEnd(8)} ${item.file}:${item.range.start}${item.status === 'exact' ? '' : ` (${item.status})`}  ${item.text.trim().split('\n', 1)[0] ?? ''}`)).join('\n');
}

export function formatItem(item: ReviewItem): string {
  const { start, end } = item.range;
  const lines = [
    `${item.id}  ${stateWord(item)}  ${item.severity}${item.tags.map((tag) => ` #${tag}`).join('')}`,
    `${item.file}:${start}${end > start ? `-${end}` : ''}  ${item.status}${item.created ? `  logged ${formatTimestamp(item.created)}` : ''}`,
    '',
    item.text,
  ];
  for (const reply of item.replies) lines.push('', `${reply.author}, ${formatTimestamp(reply.at)}: ${reply.text}`);
  if (item.quote !== undefined) lines.push('', 'The code when it was logged:', ...item.quote.split('\n').map((line) => `  | ${line}`));
  if (item.summary !== undefined) lines.push('', `Summary: ${item.summary}`);
  if (item.evidence) lines.push('', `Verified: ${item.evidence.command} passed in ${seconds(item.evidence.durationMs)}${item.evidence.commit ? ` on ${item.evidence.commit.slice(0, 10)} and the changes on top of it` : ''}.`);
  if (item.state === 'done' && !item.verified) lines.push('', `Not verified: no smoke test is known to have passed for it. Run: wheelhouse review verify ${item.id}`);
  if (item.candidates.length > 0) lines.push('', `Its code was changed too much to be sure. It could be at line ${item.candidates.map(({ range }) => range.start).join(', ')}. Attach it with: wheelhouse review attach ${item.id} FILE:LINE`);
  return plain(lines.join('\n'));
}

export function formatPending(pending: readonly PendingComment[], block: boolean): string {
  if (pending.length === 0) return '';
  const lines = pending.map((comment) => `  ${comment.file}:${comment.line}  ${comment.severity === 'should' ? '' : `[${comment.severity}] `}${comment.text}`);
  const head = pending.length === 1 ? '1 review comment is open here:' : `${pending.length} review comments are open here:`;
  return plain([head, ...lines, ...(block ? ['Fix them first, or commit with --no-verify.'] : [])].join('\n'));
}

export function formatStats(stats: ReviewStats): string {
  const { byState, open } = stats;
  const rows = (counts: Readonly<Record<string, number>>) => Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`);
  const top = (counts: readonly { name: string; count: number }[]) => counts.slice(0, 10).map(({ name, count }) => `  ${String(count).padStart(5)}  ${name}`);
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
  return plain([
    `${stats.total} review ${stats.total === 1 ? 'comment' : 'comments'}: ${byState.todo} open, ${byState.done} done, ${byState.wontfix} will not be fixed`,
    ...(stats.verifiedShare === null ? [] : [`${Math.round(stats.verifiedShare * 100)} % of the done ones are verified by a smoke test`]),
    ...(stats.timeToDone === null ? [] : [`done after ${duration(stats.timeToDone.median)} (median), ${duration(stats.timeToDone.longest)} at most`]),
    `${stats.reopened} were opened again`,
    ...section('Open, by severity', rows(open.bySeverity)),
    ...section('Open, by age', rows({ today: open.byAge.today, 'this week': open.byAge.thisWeek, 'this month': open.byAge.thisMonth, older: open.byAge.older })),
    ...section('Open, by tag', top(open.byTag)),
    ...section('Open, by file', top(open.byFile)),
    ...section('Open, by how the code was found', rows(open.byStatus)),
  ].join('\n'));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function duration(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
