/** The branch that a user's words name, as git allows it (git-check-ref-format(1), in a narrow form); undefined when there is none. */
export function branchFrom(text: string): string | undefined {
  const branch = text.trim().replace(/\s+/g, '-');
  const parts = branch.split('/');
  return parts.every((part) => /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u.test(part) && !/\.\.|\.$|\.lock$/.test(part)) ? branch : undefined;
}

/** Beside the repository: `…/project-fix-login` for the branch `fix/login` of `…/project`. */
export function worktreeFolder(root: string, branch: string, join: (...parts: string[]) => string): string {
  return join(root, '..', `${root.split(/[\\/]/).findLast((part) => part !== '') ?? 'repository'}-${branch.replaceAll('/', '-')}`);
}
