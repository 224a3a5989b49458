/** The path functions of the system at hand; Node's `path` module is one. */
export interface Paths {
  readonly sep: string;
  join(...parts: string[]): string;
  resolve(...parts: string[]): string;
  relative(from: string, to: string): string;
  dirname(path: string): string;
  basename(path: string): string;
  isAbsolute(path: string): boolean;
}

/** Whether `path` is `folder` or lies in it. Both absolute and normalised. */
export function isInside(paths: Paths, folder: string, path: string): boolean {
  const way = paths.relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way));
}

/** `path` relative to `folder` with '/' between the parts. */
export function relativePosix(paths: Paths, folder: string, path: string): string {
  return paths.relative(folder, path).split(paths.sep).join('/');
}

/** `~/x` to the absolute path; anything else as it is. */
export function expandHome(paths: Paths, home: string, path: string): string {
  if (path === '~') return home;
  return /^~[/\\]/.test(path) ? paths.join(home, path.slice(2)) : path;
}

/** An absolute path with the home folder as `~`, as the review log prints it. */
export function abbreviateHome(paths: Paths, home: string, path: string): string {
  if (!isInside(paths, home, path) || path === home) return path;
  return `~/${relativePosix(paths, home, path)}`;
}
