/**
 * JSON as Python's `json.dumps` prints it by default, because the original does: `", "` and `": "`
 * between the parts, everything beyond ASCII as `\uXXXX`.
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([name, field]) => `${pythonJson(name)}: ${pythonJson(field)}`).join(', ')}}`;
  }
  return (JSON.stringify(value) as string | undefined ?? 'null').replace(/[\u007f-\uffff]/g, escaped);
}

function escaped(unit: string): string {
  // DEL is ASCII for Python.
  return unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
