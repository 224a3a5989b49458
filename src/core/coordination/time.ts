/**
 * The time that leases are counted in. Clocks of writers jump; what has been agreed on must not be
 * revived by a clock that is set back, nor last for ever because one was ahead once. So a lease counts
 * the time that has passed between events, as the sum of what clocks went forward: a high-water mark
 * swallows the jitter between processes, and is let down when the clock was clearly set back.
 */
export interface JournalTime {
  /** Milliseconds that have passed since the first event. Never falls. */
  readonly elapsed: number;
  /** The latest time that was seen, by the writers' clocks. */
  readonly high: number;
}

/** Processes of one machine stamp their events within this of their order in the journal. */
const JITTER_MS = 60_000;

export const noTime: JournalTime = { elapsed: 0, high: 0 };

/** The time after something that happened at `at` by somebody's clock. */
export function advance(time: JournalTime, at: number): JournalTime {
  if (time.high === 0) return { elapsed: 0, high: at };
  if (at >= time.high) return { elapsed: time.elapsed + at - time.high, high: at };
  return time.high - at > JITTER_MS ? { elapsed: time.elapsed, high: at } : time;
}
