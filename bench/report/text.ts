import type { Finding } from '../lab/lab';

/** A finding for the terminal. */
export function textOf({ columns, rows, goals }: Finding): string {
  const lines = [['', ...columns], ...rows.map(({ name, cells }) => [name, ...cells])];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return [
    ...lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    ...goals.map(({ goal, figure, isMet }) => `${isMet ? 'met   ' : 'MISSED'}  ${goal}: ${figure}`),
  ].join('\n');
}
