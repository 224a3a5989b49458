/** Time and chance come in from outside, so that the core is a function of its arguments. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Minutes east of UTC at that moment, in the user's time zone. */
  offsetMinutes(at: number): number;
}

export interface Random {
  /** `length` characters of lower-case base 32 (a-z, 2-7), 5 bits of chance each. */
  base32(length: number): string;
}
