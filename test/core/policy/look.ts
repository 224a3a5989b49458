// A disk in memory for the policy: files, and links among them.

import { mergePolicy, parsePolicy, type Look, type Policy } from '../../../src/core/policy/index.ts';

export const [root, home] = ['/work/repo', '/home/u'];

export function policyOf(text: string, more: { readonly user?: string; readonly ignoreCase?: boolean } = {}): Policy {
  const part = (scope: 'repository' | 'user', file: string, source: string) => parsePolicy(source, { scope, file, home, root });
  const parts = [part('repository', `${root}/.wheelhouse/policy.yaml`, text), ...(more.user === undefined ? [] : [part('user', `${home}/.config/wheelhouse/policy.yaml`, more.user)])];
  return mergePolicy(parts, { home, root, ignoreCase: more.ignoreCase === true, guarded: { deny: [`${root}/.wheelhouse/policy.yaml`], ask: [] } });
}

/** @param files Absolute paths. @param links Where a path leads. */
export function diskOf(files: readonly string[], links: Readonly<Record<string, string>> = {}): Look {
  const isFolder = (path: string) => path === '/' || files.some((file) => file.startsWith(`${path}/`));
  const real = (path: string): string => {
    for (const [from, to] of Object.entries(links)) if (path === from || path.startsWith(`${from}/`)) return real(to + path.slice(from.length));
    return path;
  };
  const absolute = (path: string, folder = '/') => {
    const parts: string[] = [];
    for (const part of `${/^[/~]/.test(path) ? '' : `${folder}/`}${path.replace(/^~/, home)}`.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  };
  return {
    names: (path, folder) => {
      const asked = absolute(path, folder);
      const found = real(asked);
      return { names: [...new Set([asked, found])], kind: files.includes(found) ? 'file' : isFolder(found) ? 'directory' : 'none' };
    },
    list: (folder) => [...new Set([...files, ...Object.keys(links)].filter((file) => file.startsWith(`${absolute(folder)}/`.replace('//', '/'))).map((file) => file.slice(absolute(folder).replace(/^\/$/, '').length + 1).split('/')[0] ?? ''))],
    walk: (folder) => files.filter((file) => file.startsWith(`${folder}/`)),
  };
}
