/** How long and since when, in as few words as a person needs. */

const minute = 60_000;
const hour = 60 * minute;

/** How long something still lasts: `40 s`, `12 m`, `3 h`. */
export function lasting(ms: number): string {
  if (ms <= 0) return 'over';
  if (ms < 2 * minute) return `${Math.ceil(ms / 1000)} s`;
  return ms < 2 * hour ? `${Math.round(ms / minute)} m` : `${Math.round(ms / hour)} h`;
}

/** How old something is: `now`, `3 m`, `5 h`, `yesterday 14:23`, `12 Nov`. */
export function ago(at: number, now: number): string {
  const age = now - at;
  if (age < minute) return 'now';
  if (age < hour) return `${Math.round(age / minute)} m`;
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) return `${Math.round(age / hour)} h`;
  const yesterday = new Date(now);
  yesterday.setDate(today.getDate() - 1);
  if (then.toDateString() === yesterday.toDateString()) return `yesterday ${then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

export function exactly(at: number): string {
  return new Date(at).toLocaleString('en-GB');
}

export const cut = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);
