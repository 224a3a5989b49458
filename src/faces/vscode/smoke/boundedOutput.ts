/**
 * Passes output on up to a limit, so that a test that prints without end does not fill the editor's
 * memory. What is left out is said once.
 */
export function boundedOutput(append: (text: string) => void, limit: number): (text: string) => void {
  let left = limit;
  return (text) => {
    if (left <= 0) return;
    append(withoutEscapes(text.length <= left ? text : text.slice(0, left)));
    left -= text.length;
    if (left <= 0) append('\n[… further output left out …]\n');
  };
}

/** Output channels show terminal escapes as garbage. */
export function withoutEscapes(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '').replace(/\r(?!\n)/g, '\n');
}
