/** How long and when, in as few words as a person needs. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** An interval for a sentence and for ears: `10 minutes`, `4 days`. */
export function spokenInterval(ms: number): string {
  if (ms < minute / 2) return 'at once';
  if (ms < hour) return plural(Math.round(ms / minute), 'minute');
  if (ms < day) return plural(Math.round(ms / hour), 'hour');
  const days = ms / day;
  if (days < 30.5) return plural(Math.round(days), 'day');
  if (days < 365) return plural(rounded(days / 30.44), 'month');
  return plural(rounded(days / 365.25), 'year');
}

/** Time that was spent: `40 s`, `6 min`, `2 h 5 min`. */
export function spent(ms: number): string {
  if (ms < minute) return `${Math.round(ms / 1000)} s`;
  if (ms < hour) return `${Math.round(ms / minute)} min`;
  const minutes = Math.round(ms / minute);
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

/** A moment to come, in local time: `at 14:30`, `tomorrow`, `on Friday`, `on 3 March`. */
export function comingMoment(at: number, now: number): string {
  if (at <= now) return 'now';
  const days = Math.round((startOfDay(at) - startOfDay(now)) / day);
  const date = new Date(at);
  if (days === 0) return at - now < hour ? `in ${spokenInterval(Math.max(at - now, minute))}` : `at ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  if (days === 1) return 'tomorrow';
  if (days < 7) return `on ${date.toLocaleDateString('en-GB', { weekday: 'long' })}`;
  return `on ${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', ...(date.getFullYear() !== new Date(now).getFullYear() && { year: 'numeric' }) })}`;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
