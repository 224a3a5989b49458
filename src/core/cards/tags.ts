/** Tags as a user gives them: each a word or words without commas, once, in the order given. */
export function cleanTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().replace(/^#/, '')).filter((tag) => tag !== ''))];
}
