/** The tools that change a file, as the installed hook's matcher names them. */
export const editingTools: readonly string[] = ['Edit', 'Write', 'MultiEdit', 'NotebookEdit'];

/** Whether the event that an agent gave its hook is about one of them. */
export function isEdit({ tool_name: tool }: Readonly<Record<string, unknown>>): boolean {
  return typeof tool === 'string' && editingTools.includes(tool);
}
