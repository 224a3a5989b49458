/** Notes by when they were changed: days while they are near, then months, then years. */

export interface TimeGroup {
  readonly key: string;
  readonly label: string;
  /** Milliseconds since the epoch; `before` is exclusive. */
  readonly from: number;
  readonly before: number;
}

const MONTHS = 12;

/**
 * Groups that leave no gap, the newest first, back to the oldest note.
 * @param now A time in the zone of the user; midnights are local.
 */
export function timeGroups(now: Date, oldest: number): TimeGroup[] {
  const day = (ago: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago).getTime();
  const groups: TimeGroup[] = [];
  const add = (key: string, label: string, from: number) => {
    const before = groups.at(-1)?.from ?? Infinity;
    if (from < before) groups.push({ key, label, from, before });
  };
  add('today', 'Today', day(0));
  add('yesterday', 'Yesterday', day(1));
  add('week', 'Last 7 days', day(6));
  add('month', 'Last 30 days', day(29));
  for (let ago = 1; ago <= MONTHS && (groups.at(-1)?.from ?? 0) > oldest; ago++) {
    const start = new Date(now.getFullYear(), now.getMonth() - ago, 1);
    add(`${start.getFullYear()}-${start.getMonth() + 1}`, start.toLocaleDateString('en-GB', { month: 'long', year: 'numeric' }), start.getTime());
  }
  for (let year = new Date(groups.at(-1)?.from ?? 0).getFullYear(); (groups.at(-1)?.from ?? 0) > oldest; year--) add(String(year), String(year), new Date(year, 0, 1).getTime());
  return groups;
}
