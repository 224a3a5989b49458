/** Checks the whole record: each file by its chain, each chain by the ledger of its day, each ledger by the next and by the anchor. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { breakMessage, ChainReader, isDay, LEDGER, parseLedgerLine, parsePartName, parseSeen, type AuditBreak, type AuditVerification, type Seen } from '../../../core/audit/index.ts';
import { errorCodeOf } from '../file-errors.ts';
import { readAnchor, writeAnchor } from './anchor.ts';
import { link, startOf } from './chained-file.ts';
import { linesOf, type FileLine } from './lines.ts';
import { auditFolder } from './ledger.ts';

const LINES_AT_ONCE = 2000;
/** A hook that is killed between its two writes leaves one line that no ledger knows; so many at once are no accident. */
const MOST_UNWITNESSED = 16;

interface Checked {
  readonly reader: ChainReader;
  /** Where each line ends. */
  readonly ends: readonly number[];
}

interface Ledger extends Checked {
  /** The last word on each file of the day, and on the day before. */
  readonly heads: ReadonlyMap<string, readonly Seen[]>;
  readonly days: ReadonlyMap<string, Seen>;
  readonly retired: string;
}

/** @param now Milliseconds since the epoch. @param keep Keeps the newest head beside the record when nothing is wrong, so that the next check notices if all of it is gone. */
export async function verifyAudit(dataRoot: string, now: number, keep = true): Promise<AuditVerification> {
  const folder = auditFolder(dataRoot);
  const names = listed(folder);
  const days = (names ?? []).filter(isDay).sort();
  const breaks: AuditBreak[] = [];
  const total: Total = { files: 0, lines: 0, torn: 0, unwitnessed: 0 };
  const tell: Tell = {
    say: (file, kind, line = 0, until = line) => void breaks.push({ file, kind, line, until, message: breakMessage(file, { kind, line, until }) }),
    isTold: (day) => breaks.some(({ file }) => file === day || file.startsWith(`${day}/`)),
  };
  if (names === undefined) tell.say(folder, 'unreadable');
  const ledgers = new Map<string, Ledger>();
  for (const day of days) {
    const ledger = await checkDay(folder, day, total, tell);
    if (ledger !== undefined) ledgers.set(day, ledger);
  }
  checkLedgers(ledgers, tell);
  const anchor = readAnchor(dataRoot);
  if (anchor !== undefined) checkAnchor(anchor, ledgers, tell);
  const [since] = days;
  const newest = [...ledgers].at(-1);
  if (keep && breaks.length === 0 && newest !== undefined) writeAnchor(dataRoot, { day: newest[0], head: newest[1].reader.seen, at: now });
  return { state: breaks.length > 0 ? 'broken' : total.lines === 0 ? 'empty' : 'unbroken', ...(since !== undefined && { since }), days: days.length, ...total, breaks, checkedAt: now };
}

type Total = { -readonly [Count in 'files' | 'lines' | 'torn' | 'unwitnessed']: AuditVerification[Count] };

interface Tell {
  readonly say: (file: string, kind: AuditBreak['kind'], line?: number, until?: number) => void;
  /** Whether something was said of this day or of a file of it. */
  readonly isTold: (day: string) => boolean;
}

/** @returns The day's ledger; undefined when it is not there or cannot be read. */
async function checkDay(folder: string, day: string, total: Total, { say }: Tell): Promise<Ledger | undefined> {
  const names = listed(join(folder, day));
  if (names === undefined) {
    say(day, 'unreadable');
    return undefined;
  }
  const files = names.filter((name) => parsePartName(name) !== undefined).sort();
  const ledger = await readLedger(folder, day).catch(() => undefined);
  if (ledger !== undefined) total.torn += ledger.reader.torn;
  else if (names.includes(LEDGER)) say(`${day}/${LEDGER}`, 'unreadable');
  else if (files.length > 0) say(`${day}/${LEDGER}`, 'ledger-missing');
  for (const name of files) {
    const file = `${day}/${name}`;
    const heads = ledger?.heads.get(name) ?? [];
    const checked = await check(folder, file).catch(() => undefined);
    if (checked === undefined) {
      say(file, 'unreadable');
      continue;
    }
    for (const head of heads) checked.reader.witness(head);
    const { broken, torn } = checked.reader;
    total.files++;
    total.lines += checked.ends.length;
    total.torn += torn;
    if (broken !== undefined) say(file, broken.kind, broken.line, broken.until);
    else if (ledger !== undefined) {
      const last = heads.reduce((most, { end }) => Math.max(most, end), 0);
      const unwitnessed = checked.ends.filter((end) => end > last).length;
      total.unwitnessed += unwitnessed;
      if (unwitnessed > MOST_UNWITNESSED) say(file, 'unwitnessed', checked.ends.length - unwitnessed + 1, checked.ends.length);
    }
  }
  for (const name of ledger?.heads.keys() ?? []) if (!files.includes(name)) say(`${day}/${name}`, 'file-missing');
  return ledger;
}

function checkLedgers(ledgers: ReadonlyMap<string, Ledger>, { say, isTold }: Tell): void {
  const retired = [...ledgers.values()].reduce((last, ledger) => (ledger.retired > last ? ledger.retired : last), '');
  for (const ledger of ledgers.values()) {
    for (const [day, head] of ledger.days) {
      const before = ledgers.get(day);
      if (before !== undefined) before.reader.witness(head);
      // Also where its folder is still there: an empty one says nothing by itself.
      else if (day > retired && !isTold(day)) say(day, 'day-missing');
    }
  }
  for (const [day, { reader }] of ledgers) if (reader.broken !== undefined) say(`${day}/${LEDGER}`, reader.broken.kind, reader.broken.line, reader.broken.until);
}

function checkAnchor(anchor: { readonly day: string; readonly head: Seen }, ledgers: ReadonlyMap<string, Ledger>, { say, isTold }: Tell): void {
  const ledger = ledgers.get(anchor.day);
  const retired = [...ledgers.values()].some((other) => other.retired >= anchor.day);
  if (ledger === undefined) {
    if (!retired && !isTold(anchor.day)) say(anchor.day, 'day-missing');
    return;
  }
  if (ledger.reader.broken !== undefined) return;
  const broken = ledger.reader.witness(anchor.head);
  if (broken !== undefined) say(`${anchor.day}/${LEDGER}`, broken.kind, broken.line, broken.until);
}

async function check(folder: string, file: string, each: (line: FileLine) => void = () => undefined): Promise<Checked> {
  const reader = new ChainReader(link, startOf(file));
  const ends: number[] = [];
  for (const line of linesOf(join(folder, file), undefined, true)) {
    // It is still being written, or was cut off; what was seen of the file ends before it.
    if (line.unfinished) {
      reader.addUnfinished(line);
      break;
    }
    reader.add(line);
    each(line);
    ends.push(line.end);
    if (ends.length % LINES_AT_ONCE === 0) await setImmediate();
  }
  return { reader, ends };
}

async function readLedger(folder: string, day: string): Promise<Ledger> {
  const heads = new Map<string, Seen[]>();
  const days = new Map<string, Seen>();
  let retired = '';
  const checked = await check(folder, `${day}/${LEDGER}`, ({ bytes }) => {
    const line = parseLedgerLine(bytes.toString('utf8'));
    if (line === undefined) return;
    if ('retired' in line) {
      if (line.retired > retired) retired = line.retired;
      return;
    }
    const head = parseSeen(line.head);
    if (head === undefined) return;
    if ('day' in line) days.set(line.day, head);
    else {
      const known = heads.get(line.file);
      if (known === undefined) heads.set(line.file, [head]);
      else known.push(head);
    }
  });
  return { ...checked, heads, days, retired };
}

/** The names in a folder; none where there is no such folder. @returns undefined for one that cannot be read. */
function listed(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    return errorCodeOf(error) === 'ENOENT' ? [] : undefined;
  }
}
