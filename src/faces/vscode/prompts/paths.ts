import { join, resolve } from 'node:path';

/** `~/x` and `x` are below the home folder. */
export function absolute(home: string, path: string): string {
  const given = path.trim();
  return given === '~' ? home : resolve(home, /^~[/\\]/.test(given) ? join(home, given.slice(2)) : given);
}
