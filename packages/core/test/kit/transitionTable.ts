import { readFileSync } from 'node:fs';

/** What one event does in one state. */
export interface Cell<S> {
  readonly stateName: string;
  readonly eventName: string;
  readonly before: S;
  readonly after: S;
  /** What is to be done now, in words. */
  readonly orders: string;
}

/** A page that a human can read: a table for each state, and what changes nothing there. */
export function renderTable<S>(title: string, cells: Cell<S>[], describe: (before: S, after: S) => string): string {
  const sections = [...new Set(cells.map(({ stateName }) => stateName))].map((name) => {
    const here = cells.filter(({ stateName }) => stateName === name);
    const moved = here.filter(({ before, after }) => after !== before);
    const stayed = here.filter(({ before, after }) => after === before).map(({ eventName }) => eventName);
    const rows = moved.map(
      ({ eventName, before, after, orders }) => `| ${eventName} | ${describe(before, after)} | ${orders} |`,
    );
    const table = rows.length ? ['| event | then | orders |', '| --- | --- | --- |', ...rows, ''] : [];
    return [`## ${name}`, '', ...table, `Nothing changes: ${stayed.join('; ') || 'never'}.`, ''].join('\n');
  });
  const preface = 'Written by `transition.test.ts`. Times are milliseconds from now.';
  return [`# ${title}`, '', preface, '', ...sections].join('\n');
}

/** The edges that a docstring's diagram shows: `from --> to`. */
export function edgesOfDiagram(file: URL): string[] {
  const diagram = /```\n([\s\S]*?)```/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return diagram.split('\n').flatMap((row) => {
    const [from, to] = row.replace(/^ \* /, '').split('-->');
    return to ? to.split(',').map((name) => `${from?.trim()} --> ${name.trim()}`) : [];
  });
}
