/** What the files of a work tree hold at one moment: tracked, changed and untracked, without the ignored. */
export interface TreeState {
  /** Equal ids mean equal paths, modes and contents. */
  readonly id: string;
  /** Files that differ from the last commit (without git: all files), with a hash of their content or `gone`. */
  readonly changed: ReadonlyMap<string, string>;
  /** Those of `changed` that the last commit does not have (without git: all of them). */
  readonly added: ReadonlySet<string>;
  /** The commit that `changed` counts from; undefined without git or without commits. */
  readonly commit: string | undefined;
}

export interface SourceTrees {
  /**
   * @param root Absolute path of the work tree's top.
   * @param exclude Absolute paths that do not count, such as a review log inside the repository.
   * @throws WheelhouseError `refused` when the tree is too large to hash without git.
   */
  read(root: string, exclude: readonly string[]): Promise<TreeState>;
}
