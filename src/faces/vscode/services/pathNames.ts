import { sep } from 'node:path';

/**
 * Folders that were opened by the name of a link. The core and git know only real paths; the
 * editor knows a file only by the name that it was opened with.
 */
export class PathNames {
  readonly #folders: { readonly opened: string; readonly real: string }[] = [];

  /** @param opened The folder as the editor calls it. @param real The same with its links resolved. */
  add(opened: string, real: string): void {
    if (opened !== real && !this.#folders.some((folder) => folder.opened === opened)) this.#folders.push({ opened, real });
  }

  toReal(path: string): string {
    for (const { opened, real } of this.#folders) if (isIn(opened, path)) return real + path.slice(opened.length);
    return path;
  }

  toOpened(path: string): string {
    for (const { opened, real } of this.#folders) if (isIn(real, path)) return opened + path.slice(real.length);
    return path;
  }
}

/** Whether a path is a folder or lies in it. */
export function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
